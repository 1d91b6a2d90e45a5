using AgentOps.Metrics.Tallies;

namespace AgentOps.Metrics;

/// <summary>The numbers of some events. Computed from the events alone, so they are the same whenever the log is read.</summary>
public abstract record EventAnalytics
{
    private protected EventAnalytics(EventTally tally)
    {
        Counts = tally.Counts;
        Usage = tally.Usage;
        Models = tally.Models;
        Agents = tally.Agents;
        Tools = tally.Tools;
        CallSites = tally.CallSites;
        Latencies = tally.Latencies;
        UsageMismatches = tally.UsageMismatches;
        Incomplete = tally.Incomplete;
        Interrupted = tally.Interrupted;
    }

    /// <summary>Events by type.</summary>
    public EventCounts Counts { get; init; }

    /// <summary>Tokens and cost of all model calls, each counted once.</summary>
    public UsageTotal Usage { get; init; }

    /// <summary>Usage by model, the busiest first.</summary>
    public IReadOnlyList<ModelUsage> Models { get; init; }

    /// <summary>What each agent did, in the order in which they first did something.</summary>
    public IReadOnlyList<AgentAnalytics> Agents { get; init; }

    /// <summary>How each tool fared, in the order of first use.</summary>
    public IReadOnlyList<ToolAnalytics> Tools { get; init; }

    /// <summary>Latency by call site, in the order in which the sites were first called.</summary>
    public IReadOnlyList<CallSiteLatency> CallSites { get; init; }

    /// <summary>The durations of ended calls by type.</summary>
    public TypeLatencies Latencies { get; init; }

    /// <summary>Model calls that say that they used other than what was counted inside them. Empty when all is well.</summary>
    public IReadOnlyList<UsageMismatch> UsageMismatches { get; init; }

    /// <summary>Calls that are under way.</summary>
    public int Incomplete { get; init; }

    /// <summary>Calls that their process ended in the middle of.</summary>
    public int Interrupted { get; init; }
}
