using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Pricing;

namespace AgentOps.Metrics;

/// <summary>What a session did, in numbers.</summary>
public sealed record SessionAnalytics : EventAnalytics
{
    internal SessionAnalytics(Guid id, IReadOnlyList<AgentEvent> own, EventTally tally)
        : base(tally)
    {
        SessionId = id;
        Duration = DurationOf(own);
        CallTree = CallTreeNode.TreeOf(own);
        SessionInfo? session = SessionInfo.Of(own) is [SessionInfo first, ..] ? first : null;
        EndState = session?.EndState ?? EndState.Indeterminate;
        Tags = session?.Tags ?? [];
        Metrics = session?.Metrics ?? new Dictionary<string, MetricValue>();
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; init; }

    /// <summary>From its start to its end, or to its last event while it is open.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How it ended; <see cref="EndState.Indeterminate"/> while it is open.</summary>
    public EndState EndState { get; init; }

    /// <summary>The tags as they were last.</summary>
    public IReadOnlyList<string> Tags { get; init; }

    /// <summary>The custom metrics as they were last: gauges, counters and texts.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; }

    /// <summary>The events inside one another.</summary>
    public IReadOnlyList<CallTreeNode> CallTree { get; init; }

    /// <summary>The numbers of one session among some events.</summary>
    internal static SessionAnalytics Of(Guid id, IReadOnlyList<AgentEvent> events, PriceTable? prices)
    {
        AgentEvent[] own = [.. events.Where(e => e.SessionId == id)];
        return new SessionAnalytics(id, own, EventTally.Of(own, AgentGrouping.ByInstance, prices));
    }

    private static TimeSpan DurationOf(IReadOnlyList<AgentEvent> events)
    {
        if (events.Count == 0)
            return TimeSpan.Zero;
        // Events recorded by hand may be dated as one likes; the session's own start is its start.
        DateTimeOffset start = events.Any(static e => e is SessionStartEvent)
            ? events.Where(static e => e is SessionStartEvent).Min(static e => e.Start)
            : events.Min(static e => e.Start);
        DateTimeOffset end = events.Any(static e => e is SessionEndEvent)
            ? events.Where(static e => e is SessionEndEvent).Max(static e => e.Start)
            : events.Max(static e => e.End ?? e.Start);
        return end > start ? end - start : TimeSpan.Zero;
    }
}
