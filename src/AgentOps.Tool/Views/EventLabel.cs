using AgentOps.Events;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>What an event is called where there is room for a few words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Mark">What is wrong with it, or nothing.</param>
internal readonly record struct EventLabel(string Kind, string Name, Tone Tone, string Mark)
{
    public static EventLabel Of(AgentEvent e, Glyphs glyphs)
    {
        (string kind, string name, Tone tone) = e switch
        {
            LlmEvent llm => ("llm", llm.Name is { } method && llm.Model is { } model ? $"{model} ({method})" : llm.DisplayName, Tone.Llm),
            ToolEvent tool => ("tool", tool.Name, Tone.Tool),
            ErrorEvent error => ("error", ErrorText.Of(error), Tone.Bad),
            LogEvent log => ("log", $"{log.Severity.ToString().ToLowerInvariant()} {log.DisplayName}", ToneOf(log.Severity)),
            SessionStartEvent start => ("start", start.Name ?? "session", Tone.Quiet),
            SessionEndEvent end => ("end", end.Reason ?? (end.IsCrash ? "crashed" : end.EndState.ToString()), Tone.Quiet),
            SessionUpdateEvent update => ("update", string.Join(", ", update.Tags), Tone.Quiet),
            _ => ("action", e.DisplayName, Tone.Action),
        };
        string mark = e.Status switch
        {
            EventStatus.Error => glyphs.Failed,
            EventStatus.Interrupted => glyphs.Crashed,
            EventStatus.Cancelled or EventStatus.Abandoned => glyphs.Warning,
            EventStatus.Incomplete when e is ActionEvent or ToolEvent or LlmEvent => glyphs.Open,
            _ => "",
        };
        Tone told = e.Status is EventStatus.Error or EventStatus.Interrupted ? Tone.Bad : tone;
        return new EventLabel(kind, name, told, mark);
    }

    private static Tone ToneOf(LogSeverity severity) => severity switch
    {
        >= LogSeverity.Error => Tone.Bad,
        LogSeverity.Warning => Tone.Warn,
        _ => Tone.Quiet,
    };

    public static string StatusOf(AgentEvent e) => e.Status switch
    {
        // What took no time has no duration.
        _ when e is LogEvent => "",
        EventStatus.Interrupted => "no end",
        EventStatus.Incomplete => "running",
        _ => DurationText.Of(e.Duration, ""),
    };
}
