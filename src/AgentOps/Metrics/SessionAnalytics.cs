using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>How many events there are of each type.</summary>
/// <param name="Llms">Requests to language models.</param>
/// <param name="Tools">Uses of tools.</param>
/// <param name="Actions">Actions.</param>
/// <param name="Errors">Errors.</param>
public sealed record EventCounts(int Llms, int Tools, int Actions, int Errors)
{
    /// <summary>All of them.</summary>
    public int Total => Llms + Tools + Actions + Errors;
}

/// <summary>What one model was asked and what it used. Sums take the calls whose usage is known; the others are counted beside them.</summary>
/// <param name="Model">The model; <see langword="null"/> where it is unknown.</param>
/// <param name="Provider">Who served it.</param>
/// <param name="Calls">How many requests it got.</param>
/// <param name="CallsWithUnknownUsage">How many of them said nothing of tokens.</param>
/// <param name="InputTokens">Input tokens, cached ones included; <see langword="null"/> if no call said.</param>
/// <param name="OutputTokens">Output tokens, reasoning included; <see langword="null"/> if no call said.</param>
/// <param name="CachedInputTokens">Input tokens read from a cache; <see langword="null"/> if no call said.</param>
/// <param name="ReasoningTokens">Output tokens spent on reasoning; <see langword="null"/> if no call said.</param>
public sealed record ModelUsage(
    string? Model, string? Provider, int Calls, int CallsWithUnknownUsage,
    long? InputTokens, long? OutputTokens, long? CachedInputTokens, long? ReasoningTokens);

/// <summary>How long the calls of one site took. Percentiles are exact: nearest rank over all ended calls.</summary>
/// <param name="Name">The action type, tool or method.</param>
/// <param name="EventType">The type of its events.</param>
/// <param name="Site">Where it stands in the source; <see langword="null"/> for events recorded by hand.</param>
/// <param name="Count">How many calls there were.</param>
/// <param name="Errors">How many of them an exception left.</param>
/// <param name="Mean">The mean; <see langword="null"/> if no call has ended.</param>
/// <param name="P50">The median; likewise.</param>
/// <param name="P95">The 95th percentile; likewise.</param>
/// <param name="P99">The 99th percentile; likewise.</param>
/// <param name="Max">The longest; likewise.</param>
public sealed record CallSiteLatency(
    string Name, string EventType, CallSite? Site, int Count, int Errors,
    TimeSpan? Mean, TimeSpan? P50, TimeSpan? P95, TimeSpan? P99, TimeSpan? Max);

/// <summary>An event with the events that happened inside it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Children">What happened inside, in the order in which it started.</param>
public sealed record CallTreeNode(AgentEvent Event, IReadOnlyList<CallTreeNode> Children);

/// <summary>What a session did, in numbers. Computed from its events alone, so it is the same whenever the log is read.</summary>
public sealed record SessionAnalytics
{
    /// <summary>The session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>From its start to its end, or to its last event while it is open.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Events by type.</summary>
    public required EventCounts Counts { get; init; }

    /// <summary>Usage by model, the busiest first.</summary>
    public required IReadOnlyList<ModelUsage> Models { get; init; }

    /// <summary>Latency by call site, in the order in which the sites were first called.</summary>
    public required IReadOnlyList<CallSiteLatency> CallSites { get; init; }

    /// <summary>The events inside one another.</summary>
    public required IReadOnlyList<CallTreeNode> CallTree { get; init; }

    /// <summary>Calls that are under way.</summary>
    public required int Incomplete { get; init; }

    /// <summary>Calls that their process ended in the middle of.</summary>
    public required int Interrupted { get; init; }
}
