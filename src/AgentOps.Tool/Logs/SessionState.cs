using AgentOps.Events;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Logs;

/// <summary>How a session stands, in one word.</summary>
internal static class SessionState
{
    public const string Open = "open";
    public const string Crashed = "crashed";

    public static readonly string[] Names = ["open", "success", "fail", "indeterminate", "crashed"];

    public static string Of(SessionInfo session) => session switch
    {
        { IsCrashed: true } => Crashed,
        { EndedAt: null } => Open,
        { EndState: EndState.Success } => "success",
        { EndState: EndState.Fail } => "fail",
        _ => "indeterminate",
    };

    public static Tone ToneOf(string state) => state switch
    {
        "success" => Tone.Good,
        "fail" or Crashed => Tone.Bad,
        Open => Tone.Action,
        _ => Tone.Warn,
    };

    public static string GlyphOf(string state, Glyphs glyphs) => state switch
    {
        "success" => glyphs.Ok,
        "fail" => glyphs.Failed,
        Crashed => glyphs.Crashed,
        Open => glyphs.Open,
        _ => glyphs.Warning,
    };
}
