namespace AgentOps.Events;

/// <summary>The log of one process.</summary>
/// <param name="Directory">Where it lies.</param>
/// <param name="StartedAt">When its oldest segment was begun, in UTC; later than its process if older segments have expired.</param>
/// <param name="ProcessId">The process that writes it, or wrote it.</param>
/// <param name="IsLive">Whether that process lives.</param>
/// <param name="Segments">How many segments it has.</param>
/// <param name="Bytes">How much of the disk they take.</param>
public sealed record EventLogInfo(string Directory, DateTimeOffset StartedAt, int ProcessId, bool IsLive, int Segments, long Bytes);

/// <summary>A session, as the logs that were read have it. Of a session that several processes write it is the whole.</summary>
public sealed record SessionInfo
{
    /// <summary>The session's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name given to it, if any.</summary>
    public string? Name { get; init; }

    /// <summary>When it was first started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last ended, in UTC, or showed its last sign of life if it crashed; <see langword="null"/> while any process has it open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How it ended; <see cref="EndState.Indeterminate"/> while it is open.</summary>
    public EndState EndState { get; init; }

    /// <summary>Why, if somebody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a process that had it open is gone without having ended it.</summary>
    public bool IsCrashed { get; init; }

    /// <summary>The tags as they were last.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The custom metrics as they were last.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; } = new Dictionary<string, MetricValue>();

    /// <summary>The sessions among some events, the first started first.</summary>
    internal static IReadOnlyList<SessionInfo> Of(IEnumerable<AgentEvent> events) =>
    [
        .. events.Where(static e => e is SessionStartEvent or SessionUpdateEvent or SessionEndEvent)
            .GroupBy(static e => e.SessionId)
            .Where(static session => session.Any(static e => e is SessionStartEvent))
            .Select(static session => OfOne([.. session.OrderBy(static e => e.Start)]))
            .OrderBy(static session => session.StartedAt),
    ];

    private static SessionInfo OfOne(List<AgentEvent> events)
    {
        SessionStartEvent[] starts = [.. events.OfType<SessionStartEvent>()];
        SessionEndEvent[] ends = [.. events.OfType<SessionEndEvent>()];
        SessionEndEvent? last = ends.Length < starts.Length ? null : ends[^1];
        var update = events.FindLast(static e => e is SessionUpdateEvent) as SessionUpdateEvent;
        return new SessionInfo
        {
            Id = starts[0].SessionId,
            Name = starts.FirstOrDefault(static s => s.Name is not null)?.Name,
            StartedAt = starts[0].Start,
            EndedAt = last?.Start,
            EndState = last?.EndState ?? EndState.Indeterminate,
            Reason = last?.Reason,
            IsCrashed = ends.Any(static e => e.IsCrash),
            Tags = update?.Tags ?? [.. starts.SelectMany(static s => s.Tags).Distinct(StringComparer.Ordinal)],
            Metrics = update?.Metrics ?? starts[^1].Metrics,
        };
    }
}
