using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Tool.Logs;

/// <summary>The folder that logs are read from, and who named it.</summary>
internal sealed record LogFolder(string Path, string Origin)
{
    public const string Variable = "AGENTOPS_LOG_DIRECTORY";

    /// <summary>The option, else the environment, else where the recorder writes by itself.</summary>
    public static LogFolder Resolve(string? option, ToolEnvironment environment)
    {
        if (!string.IsNullOrWhiteSpace(option))
            return new LogFolder(System.IO.Path.GetFullPath(option), "--directory");
        if (environment.Variable(Variable) is { } named && !string.IsNullOrWhiteSpace(named))
            return new LogFolder(System.IO.Path.GetFullPath(named), Variable);
        EventLogOptions options = new RecorderOptions().ToLogOptions();
        return !Directory.Exists(options.Root) && options.FallbackRoot is { } fallback && Directory.Exists(fallback)
            ? new LogFolder(fallback, "the recorder's place where its default cannot be written")
            : new LogFolder(options.Root, "the recorder's default");
    }

    public EventLogReader Open()
    {
        if (Directory.Exists(Path))
            return EventLogReader.Open(Path);
        throw ToolException.CannotRead(
            File.Exists(Path)
                ? $"'{Path}' ({Origin}) is a file. Give the directory of a log, or the folder that holds the logs, with --directory."
                : $"There is no directory '{Path}' ({Origin}). Nothing was recorded there; name the folder of the logs with --directory or {Variable}.");
    }

    /// <summary>All that the logs hold, read at one go.</summary>
    /// <exception cref="ToolException">They cannot be read.</exception>
    public LogContent Read(Guid? session = null)
    {
        EventLogReader reader = Open();
        IReadOnlyList<AgentEvent> events = Reading(() => reader.ReadEvents(session));
        return new LogContent(events, SessionInfo.Of(events), reader.DamagedFrames, reader.Losses, reader.Problems);
    }

    /// <summary>Does something with the logs, and says it in one line if they cannot be read.</summary>
    public T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw ToolException.CannotRead(e.Message);
        }
        catch (UnauthorizedAccessException e)
        {
            throw ToolException.CannotRead($"The logs in '{Path}' may not be read: {e.Message} Only their owner can; run this as the user whose agent wrote them.");
        }
        catch (IOException e)
        {
            throw ToolException.CannotRead($"The logs in '{Path}' cannot be read: {e.Message}");
        }
    }
}

/// <summary>What logs hold, and what is wrong with them.</summary>
internal sealed record LogContent(
    IReadOnlyList<AgentEvent> Events,
    IReadOnlyList<SessionInfo> Sessions,
    long DamagedFrames,
    IReadOnlyDictionary<string, long> Losses,
    IReadOnlyList<string> Problems)
{
    /// <summary>The events by session, each list in order.</summary>
    public ILookup<Guid, AgentEvent> BySession => field ??= Events.ToLookup(static e => e.SessionId);

    public IReadOnlyList<AgentEvent> EventsOf(Guid session) => [.. BySession[session]];
}
