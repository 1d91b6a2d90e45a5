using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>
/// What model calls used together, each token counted once: of calls inside one another, the innermost that say what they used.
/// </summary>
public sealed record UsageTotal
{
    /// <summary>How many calls the sums are over.</summary>
    public required int Calls { get; init; }

    /// <summary>How many of them say nothing of tokens.</summary>
    public required int CallsWithUnknownUsage { get; init; }

    /// <summary>The tokens of the others. A bucket is <see langword="null"/> if no call said anything of it.</summary>
    public required TokenUsage Tokens { get; init; }

    /// <summary>What they cost.</summary>
    public required CostTotal Cost { get; init; }
}
