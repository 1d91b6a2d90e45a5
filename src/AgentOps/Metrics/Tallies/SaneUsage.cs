using AgentOps.Events;
using AgentOps.Recording;

namespace AgentOps.Metrics.Tallies;

/// <summary>What can be believed of a call's token counts. The recorder writes no others; logs of other hands may have them.</summary>
internal static class SaneUsage
{
    /// <returns>The counts without those that cannot be; <see langword="null"/> if nothing is left.</returns>
    public static TokenUsage? Of(TokenUsage? usage)
    {
        if (usage is null)
            return null;
        var sane = new TokenUsage(Of(usage.InputTokens), Of(usage.OutputTokens), Of(usage.CachedInputTokens), Of(usage.ReasoningTokens))
        {
            CacheWriteTokens = Of(usage.CacheWriteTokens),
            CacheWrite1HourTokens = Of(usage.CacheWrite1HourTokens),
            AudioInputTokens = Of(usage.AudioInputTokens),
            AudioOutputTokens = Of(usage.AudioOutputTokens),
        };
        return sane == UsageSum.Nothing ? null : sane;
    }

    private static long? Of(long? count) => count is { } known && TokenCounts.IsSane(known) ? known : null;
}
