using System.Runtime.CompilerServices;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>Reads event logs, of processes that live and of processes that died: one directory, or everything below a folder.</summary>
/// <remarks>
/// Reading never disturbs a writer. Thread-safe; every call reads the logs as they are then. What a read found wrong is told by
/// <see cref="DamagedFrames"/>, <see cref="Losses"/> and <see cref="Problems"/>, of the read that ended last.
/// </remarks>
public sealed class EventLogReader
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(200);

    private readonly string? _folder;
    private readonly Func<IEnumerable<LogSegments>> _openLogs;

    private EventLogReader(string? folder, Func<IEnumerable<LogSegments>> openLogs)
    {
        _folder = folder;
        _openLogs = openLogs;
    }

    /// <summary>Frames that were damaged and passed over in the last read.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>What the logs say they lost, by reason, in the last read.</summary>
    public IReadOnlyDictionary<string, long> Losses { get; private set; } = new Dictionary<string, long>();

    /// <summary>Segments that could not be read at all in the last read, each with what to do; the others were read.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

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
        return new EventLogReader(directory, () => LogStore.LogsBelow(directory));
    }

    /// <summary>The log of this process, wherever it is.</summary>
    internal static EventLogReader OpenOwn(EventLogWriter log) =>
        log.DirectoryPath is { } directory
            ? Open(directory)
            : new EventLogReader(null, () => [new LogSegments(null, IsLive: true, log.OpenMemory())]);

    /// <summary>The logs that there are, the oldest first.</summary>
    /// <exception cref="InvalidDataException">No file there is a log segment that this version can read; the message names the first.</exception>
    public IReadOnlyList<EventLogInfo> ReadLogs()
    {
        var logs = new List<EventLogInfo>();
        ReadSegments(
            static log => (Log: log, Bytes: log.Segments.Sum(static segment => segment.Length), Headers: new List<SegmentHeader>()),
            static (log, segment) => log.Headers.Add(segment.Header),
            log =>
            {
                if (log.Headers is not [SegmentHeader first, ..])
                    return;
                DateTimeOffset start = first.Clock.ToUtc(first.Clock.Ticks);
                logs.Add(new EventLogInfo(log.Log.Directory ?? "", start, first.ProcessId, log.Log.IsLive, log.Log.Segments.Count, log.Bytes));
            });
        return [.. logs.OrderBy(static log => log.StartedAt)];
    }

    /// <summary>The sessions in the logs, the first started first.</summary>
    /// <inheritdoc cref="ReadLogs" path="/exception"/>
    public IReadOnlyList<SessionInfo> ReadSessions() => SessionInfo.Of(ReadEvents());

    /// <summary>
    /// The events of all sessions, or of one, in the order in which they started. Reads every frame of the logs, and keeps the events in
    /// memory with the chunks they stand in. A call without an end is
    /// <see cref="EventStatus.Incomplete"/> while its process lives and <see cref="EventStatus.Interrupted"/> when that is gone; a
    /// session whose process is gone ends with a <see cref="SessionEndEvent"/> that says so.
    /// </summary>
    /// <param name="sessionId">The session to read; all when left out. Of others nothing is decoded.</param>
    /// <inheritdoc cref="ReadLogs" path="/exception"/>
    public IReadOnlyList<AgentEvent> ReadEvents(Guid? sessionId = null)
    {
        var events = new List<AgentEvent>();
        var losses = new Dictionary<string, long>(StringComparer.Ordinal);
        long damaged = 0;
        ReadSegments(
            static log => new LogDecoder(log.IsLive),
            static (decoder, segment) => decoder.Add(segment),
            decoder =>
            {
                events.AddRange(decoder.Decode(sessionId));
                damaged += decoder.DamagedFrames;
                foreach ((string reason, long count) in decoder.Losses)
                    losses[reason] = losses.GetValueOrDefault(reason) + count;
            });
        DamagedFrames = damaged;
        Losses = losses;
        return EventOrder.Sort(events);
    }

    /// <summary>
    /// Tells the facts of every recorded call to a visitor, without making an object of it: what counting, summing and searching
    /// need. In the order in which the calls ended, as far as one thread goes; of errors and hand-made events nothing is told.
    /// </summary>
    /// <param name="visit">Gets the calls.</param>
    /// <param name="sessionId">The session whose calls to tell; all when left out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="visit"/> is <see langword="null"/>.</exception>
    /// <inheritdoc cref="ReadLogs" path="/exception"/>
    public void ScanCalls(RecordedCallVisitor visit, Guid? sessionId = null)
    {
        ArgumentNullException.ThrowIfNull(visit);
        long damaged = 0;
        ReadSegments(
            log => new CallScanner(log.IsLive, sessionId, visit),
            static (scanner, segment) => scanner.Add(segment),
            scanner =>
            {
                scanner.Finish();
                damaged += scanner.DamagedFrames;
            });
        DamagedFrames = damaged;
    }

    /// <summary>
    /// Tells events as they are completed, and goes on until cancelled: first those that are in the logs, then those that come,
    /// of new logs too. Each is told once: a call when it ends, or when its process is found to be gone; within one look by the
    /// time of its start.
    /// </summary>
    /// <param name="pollInterval">How often to look; 200 ms when left out, at least 10 ms.</param>
    /// <param name="timeProvider">The clock that is waited by; the system's when left out.</param>
    /// <param name="cancellationToken">Ends the telling, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pollInterval"/> is too short.</exception>
    /// <exception cref="InvalidOperationException">The log is in memory only, which nothing can follow.</exception>
    public IAsyncEnumerable<AgentEvent> FollowAsync(
        TimeSpan? pollInterval = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        TimeSpan interval = pollInterval ?? s_pollInterval;
        if (interval < TimeSpan.FromMilliseconds(10))
            throw new ArgumentOutOfRangeException(nameof(pollInterval), interval, "Logs are looked at every 10 ms at most.");
        string folder = _folder
            ?? throw new InvalidOperationException("This log is in memory only and cannot be followed. Give a writable directory in RecorderOptions.Directory.");
        return FollowAsync(folder, interval, timeProvider ?? TimeProvider.System, cancellationToken);
    }

    /// <summary>Hands the segments that can be read to a consumer for each log, the oldest first; remembers the problems of the others.</summary>
    private void ReadSegments<TConsumer>(Func<LogSegments, TConsumer> begin, Action<TConsumer, SegmentReader> add, Action<TConsumer> end)
    {
        var opened = new OpenedSegments();
        foreach (LogSegments log in _openLogs())
        {
            TConsumer consumer;
            try
            {
                consumer = begin(log);
                foreach (SegmentSource source in log.Segments)
                {
                    if (opened.Open(source) is { } segment)
                        add(consumer, segment);
                }
            }
            finally
            {
                foreach (SegmentSource source in log.Segments)
                    source.Dispose();
            }
            end(consumer);
        }
        Problems = opened.Conclude();
    }

    private static async IAsyncEnumerable<AgentEvent> FollowAsync(
        string folder, TimeSpan interval, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var followers = new Dictionary<string, LogFollower>(StringComparer.Ordinal);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var events = new List<AgentEvent>();
            foreach (string directory in LogStore.DirectoriesBelow(folder))
            {
                if (!followers.TryGetValue(directory, out LogFollower? follower))
                    followers.Add(directory, follower = LogFollower.OfDirectory(directory));
                follower.ReadNew(events);
            }
            foreach (AgentEvent e in EventOrder.Sort(events))
                yield return e;
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
