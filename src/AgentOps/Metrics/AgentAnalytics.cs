namespace AgentOps.Metrics;

/// <summary>What one agent did. Events that belong to no agent have an entry without a name, so that the entries sum up to the whole.</summary>
/// <param name="Name">The agent's name; <see langword="null"/> for what belongs to none.</param>
/// <param name="Id">The id of the instance, or of the class; <see langword="null"/> for what belongs to none, and where several were put together.</param>
public sealed record AgentAnalytics(string? Name, Guid? Id)
{
    /// <summary>Its events by type.</summary>
    public required EventCounts Counts { get; init; }

    /// <summary>Calls of it that an exception left. One exception may leave several and is one error.</summary>
    public required int FailedCalls { get; init; }

    /// <summary>The tokens and the cost of its model calls.</summary>
    public required UsageTotal Usage { get; init; }

    /// <summary>How long at least one of its calls was under way: calls beside and inside one another count once. Calls without an end count nothing.</summary>
    public required TimeSpan ActiveTime { get; init; }

    /// <summary>The durations of its ended calls by type.</summary>
    public required TypeLatencies Latencies { get; init; }
}
