using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Tool.Logs;

/// <summary>What one log holds and what is wrong with it, read by itself so that a damaged one hides nothing of the others.</summary>
internal sealed record LogSurvey
{
    /// <summary>What the recorder left out because the log's owner said so, or deleted because it was old: no failure.</summary>
    private static readonly string[] s_byDesign = [nameof(LossReason.SegmentExpired), nameof(LossReason.PayloadTruncated), nameof(LossReason.RejectedInput)];

    public required string Directory { get; init; }

    public required bool IsLive { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public int? ProcessId { get; init; }

    public int Segments { get; init; }

    public long Bytes { get; init; }

    public IReadOnlyList<SessionInfo> Sessions { get; init; } = [];

    public IReadOnlyList<AgentEvent> Events { get; init; } = [];

    public long DamagedFrames { get; init; }

    public IReadOnlyDictionary<string, long> Losses { get; init; } = new Dictionary<string, long>();

    /// <summary>Segments that cannot be read, or why the log cannot.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public int Interrupted => Events.Count(static e => e.Status == EventStatus.Interrupted);

    public int Crashed => Sessions.Count(static session => session.IsCrashed);

    public IEnumerable<KeyValuePair<string, long>> RealLosses => Losses.Where(static loss => !s_byDesign.Contains(loss.Key, StringComparer.Ordinal));

    /// <summary>Whether anything that was recorded cannot be read any more, or was never written.</summary>
    public bool IsDamaged => DamagedFrames > 0 || Problems.Count > 0 || RealLosses.Any();

    public static bool IsByDesign(string reason) => s_byDesign.Contains(reason, StringComparer.Ordinal);

    /// <summary>All logs below a folder, the oldest first.</summary>
    public static IReadOnlyList<LogSurvey> Below(LogFolder folder)
    {
        folder.Open();
        return [.. folder.Reading(() => LogStore.DirectoriesBelow(folder.Path)).Select(Of)];
    }

    private static LogSurvey Of(string directory)
    {
        var survey = new LogSurvey { Directory = directory, IsLive = LogDirectory.HasLiveWriter(directory) };
        try
        {
            string[] files = [.. LogStore.SegmentsIn(directory)];
            survey = survey with { Segments = files.Length, Bytes = files.Sum(static file => new FileInfo(file).Length) };
            EventLogReader reader = EventLogReader.Open(directory);
            IReadOnlyList<AgentEvent> events = reader.ReadEvents();
            survey = survey with
            {
                Events = events,
                Sessions = SessionInfo.Of(events),
                DamagedFrames = reader.DamagedFrames,
                Losses = reader.Losses,
                Problems = reader.Problems,
            };
            return reader.ReadLogs() is [EventLogInfo log, ..] ? survey with { StartedAt = log.StartedAt, ProcessId = log.ProcessId } : survey;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return survey with { Problems = [e.Message] };
        }
    }
}
