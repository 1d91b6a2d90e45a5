using System.CommandLine;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool;

/// <summary>One run of a command: where it reads, where it writes, and how.</summary>
internal sealed class ToolRun
{
    private readonly ParseResult _arguments;

    public ToolRun(ParseResult arguments, ToolEnvironment environment, CommonOptions common)
    {
        _arguments = arguments;
        Environment = environment;
        IsJson = arguments.GetValue(common.Json);
        Folder = LogFolder.Resolve(arguments.GetValue(common.Directory), environment);
        Time = new TimeText(environment.Time, arguments.GetValue(common.Utc));
        bool isUnicode = environment.IsUnicode && !arguments.GetValue(common.Ascii);
        int width = arguments.GetValue(common.Width) ?? environment.Width;
        bool wantsColour = !arguments.GetValue(common.NoColor) && string.IsNullOrEmpty(environment.Variable("NO_COLOR")) && environment.Variable("TERM") != "dumb";
        Screen = new Screen(environment.Output, wantsColour && !environment.IsOutputRedirected, isUnicode, width);
        Errors = new Screen(environment.Error, wantsColour && !environment.IsErrorRedirected, isUnicode, width);
    }

    public ToolEnvironment Environment { get; }

    public bool IsJson { get; }

    public LogFolder Folder { get; }

    public TimeText Time { get; }

    /// <summary>Standard output.</summary>
    public Screen Screen { get; }

    /// <summary>Standard error.</summary>
    public Screen Errors { get; }

    public T? Get<T>(Option<T> option) => _arguments.GetValue(option);

    public T? Get<T>(Argument<T> argument) => _arguments.GetValue(argument);

    public void WriteJson(Action<System.Text.Json.Utf8JsonWriter> write) => JsonOutput.Write(Environment.Output, write);

    /// <summary>A moment that an option gives.</summary>
    /// <exception cref="ToolException">It gives something else.</exception>
    public DateTimeOffset? Moment(Option<string?> option) => Get(option) is not { } text
        ? null
        : Time.Parse(text) ?? throw ToolException.BadUsage(
            $"'{text}' is no time for {option.Name}. Give a date (2026-01-31), a date with time (\"2026-01-31 14:05\"), or how long ago (90s, 15m, 2h, 3d).");

    /// <summary>What was damaged or lost in the logs that were read, on standard error: what is shown is not all that was recorded.</summary>
    public void WarnOf(LogContent content)
    {
        foreach (string problem in content.Problems)
            Errors.Line(new TextLine().Add($"{Errors.Glyphs.Warning} ", Tone.Warn).Add(problem));
        long lost = content.Losses.Where(static loss => !LogSurvey.IsByDesign(loss.Key)).Sum(static loss => loss.Value);
        if (content.DamagedFrames + lost == 0)
            return;
        string[] parts =
        [
            .. content.DamagedFrames > 0 ? (string[])[$"{Counted.Of(content.DamagedFrames, "damaged record")} passed over"] : [],
            .. lost > 0 ? (string[])[$"{Counted.Of(lost, "record")} lost while recording"] : [],
        ];
        Errors.Line(new TextLine().Add($"{Errors.Glyphs.Warning} ", Tone.Warn).Add(string.Join(", ", parts)).Add(". 'agentops recover' says where.", Tone.Quiet));
    }
}
