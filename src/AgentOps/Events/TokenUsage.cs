namespace AgentOps.Events;

/// <summary>
/// Tokens that a model call used. What is <see langword="null"/> is unknown, which is not zero. Counts lie inside one another as the
/// OpenTelemetry GenAI conventions have it, whatever the provider's own counting is.
/// </summary>
/// <param name="InputTokens">All input tokens: those read from a cache, written to one, and of sound included.</param>
/// <param name="OutputTokens">All output tokens: reasoning and sound included.</param>
/// <param name="CachedInputTokens">The part of the input that was read from a cache.</param>
/// <param name="ReasoningTokens">The part of the output that was reasoning.</param>
public sealed record TokenUsage(long? InputTokens, long? OutputTokens, long? CachedInputTokens = null, long? ReasoningTokens = null)
{
    /// <summary>The part of the input that was written to a cache for about five minutes.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>The part of the input that was written to a cache for an hour; not in <see cref="CacheWriteTokens"/>.</summary>
    public long? CacheWrite1HourTokens { get; init; }

    /// <summary>The part of the uncached input that was sound.</summary>
    public long? AudioInputTokens { get; init; }

    /// <summary>The part of the output that was sound.</summary>
    public long? AudioOutputTokens { get; init; }
}
