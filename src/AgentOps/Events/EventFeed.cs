namespace AgentOps.Events;

/// <summary>What this process records, read as it comes and wherever the log is, in memory too. For one thread at a time.</summary>
public sealed class EventFeed
{
    private LogFollower? _follower;

    /// <summary>
    /// The events that were completed since the last look, or since the log began: a call when it ended, everything else when it was recorded.
    /// In the order in which they started.
    /// </summary>
    public IReadOnlyList<AgentEvent> ReadNew()
    {
        if (Recorder.Log is not { } log)
            return [];
        _follower ??= LogFollower.OfOwn(log);
        var events = new List<AgentEvent>();
        _follower.ReadNew(events);
        return EventOrder.Sort(events);
    }
}
