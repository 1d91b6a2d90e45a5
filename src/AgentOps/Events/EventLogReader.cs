using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>Reads event logs, of processes that live and of processes that died: one directory, or everything below a folder.</summary>
/// <remarks>Reading never disturbs a writer. Thread-safe; every call reads the logs as they are then.</remarks>
public sealed class EventLogReader
{
    private readonly Func<IEnumerable<IReadOnlyList<SegmentSource>>> _openLogs;

    private EventLogReader(Func<IEnumerable<IReadOnlyList<SegmentSource>>> openLogs) => _openLogs = openLogs;

    /// <summary>Frames that were damaged and passed over in the last read.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>What the logs say they lost, by reason, in the last read.</summary>
    public IReadOnlyDictionary<string, long> Losses { get; private set; } = new Dictionary<string, long>();

    /// <summary>Opens the log in a directory, or all logs below it.</summary>
    /// <param name="directory">A log's own directory (<see cref="RecorderHealth.LogDirectory"/>) or any folder above.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static EventLogReader Open(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException(
                $"There is no directory '{directory}'. Give the directory of an event log, or the folder that holds the logs.");
        }
        return new EventLogReader(() => LogsBelow(directory));
    }

    /// <summary>The log of this process, wherever it is.</summary>
    internal static EventLogReader OpenOwn(EventLogWriter log)
    {
        if (log.DirectoryPath is { } directory)
            return Open(directory);
        return new EventLogReader(() => [log.OpenMemory()]);
    }

    /// <summary>The events of all sessions, or of one, in the order in which they started.</summary>
    /// <param name="sessionId">The session to read; all when left out.</param>
    /// <exception cref="InvalidDataException">A file is not a log segment, or of a newer format; the message names it.</exception>
    public IReadOnlyList<AgentEvent> ReadEvents(Guid? sessionId = null)
    {
        var events = new List<AgentEvent>();
        var losses = new Dictionary<string, long>(StringComparer.Ordinal);
        long damaged = 0;
        foreach (IReadOnlyList<SegmentSource> log in _openLogs())
        {
            var decoder = new LogDecoder();
            foreach (SegmentSource source in log)
            {
                using (source)
                {
                    if (SegmentReader.Open(source) is { } segment)
                        decoder.Add(segment);
                }
            }
            events.AddRange(decoder.Decode(sessionId));
            damaged += decoder.DamagedFrames;
            foreach ((string reason, long count) in decoder.Losses)
                losses[reason] = losses.GetValueOrDefault(reason) + count;
        }
        DamagedFrames = damaged;
        Losses = losses;
        return [.. events.OrderBy(static e => e.Start)];
    }

    private static IEnumerable<IReadOnlyList<SegmentSource>> LogsBelow(string directory)
    {
        IEnumerable<IGrouping<string, string>> logs = Directory
            .EnumerateFiles(directory, "*" + LogFormat.SegmentExtension, SearchOption.AllDirectories)
            .GroupBy(static file => Path.GetDirectoryName(file)!, StringComparer.Ordinal)
            .OrderBy(static log => log.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, string> log in logs)
            yield return [.. log.OrderBy(static file => file, StringComparer.Ordinal).Select(SegmentSource.OfFile)];
    }
}
