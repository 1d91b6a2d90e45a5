using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Pricing;

namespace AgentOps.Metrics;

/// <summary>
/// What all sessions of a log did, in numbers: of one process, or of as many as were read. Agents of one name are put together, whatever
/// their instance.
/// </summary>
public sealed record LogAnalytics : EventAnalytics
{
    internal LogAnalytics(IReadOnlyList<SessionInfo> sessions, EventTally tally)
        : base(tally)
    {
        Sessions = sessions;
        OpenSessions = sessions.Count(static s => s.EndedAt is null);
        CrashedSessions = sessions.Count(static s => s.IsCrashed);
        EndStates = sessions.Where(static s => s.EndedAt is not null)
            .GroupBy(static s => s.EndState)
            .OrderBy(static g => g.Key)
            .ToDictionary(static g => g.Key, static g => g.Count());
    }

    /// <summary>The sessions, the first started first.</summary>
    public IReadOnlyList<SessionInfo> Sessions { get; init; }

    /// <summary>How many of them are open.</summary>
    public int OpenSessions { get; init; }

    /// <summary>How many of them a process left without an end.</summary>
    public int CrashedSessions { get; init; }

    /// <summary>How the others ended. States that none has are left out.</summary>
    public IReadOnlyDictionary<EndState, int> EndStates { get; init; }

    internal static LogAnalytics Of(IReadOnlyList<AgentEvent> events, PriceTable? prices) =>
        new(SessionInfo.Of(events), EventTally.Of(events, AgentGrouping.ByName, prices));
}
