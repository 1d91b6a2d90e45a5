using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>What one model was asked and what it used. Sums take the calls of which something is known; the others are counted beside them.</summary>
/// <param name="Model">The model; <see langword="null"/> where it is unknown.</param>
/// <param name="Provider">Who served it; <see langword="null"/> where it is unknown.</param>
public sealed record ModelUsage(string? Model, string? Provider)
{
    /// <summary>How many calls the sums are over. With <see cref="Aggregates"/> and <see cref="Covered"/>, all events of the model.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that are in no sum because model calls inside them say what was used.</summary>
    public required int Aggregates { get; init; }

    /// <summary>Calls that are in no sum because they say nothing of tokens, and one around them says it for all inside.</summary>
    public required int Covered { get; init; }

    /// <summary>How many of <see cref="Calls"/> said nothing of tokens.</summary>
    public required int CallsWithUnknownUsage { get; init; }

    /// <summary>The tokens of the others. A bucket is <see langword="null"/> if no call said anything of it.</summary>
    public required TokenUsage Tokens { get; init; }

    /// <summary>What they cost.</summary>
    public required CostTotal Cost { get; init; }

    /// <summary>How long the calls took that have ended and have no model call inside.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>From the call to the first piece of the answer, of those of <see cref="Calls"/> that were streamed.</summary>
    public required LatencyHistogram TimeToFirstToken { get; init; }

    /// <summary>
    /// Output tokens a second from the first piece to the end, over all streamed calls together: the sum of tokens by the sum of time;
    /// <see langword="null"/> if of no call both are known.
    /// </summary>
    public required double? TokensPerSecond { get; init; }
}
