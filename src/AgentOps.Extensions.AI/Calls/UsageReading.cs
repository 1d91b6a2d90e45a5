using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Calls;

/// <summary>Reads token counts: caches are in the input and reasoning in the output, unless the client is one that counts otherwise.</summary>
internal static class UsageReading
{
    // There is no property for what is written to caches, and clients that are older than the one for reading have theirs here, too.
    private static readonly string[] s_cacheWrites =
        ["CacheCreationInputTokens", "CacheCreationInputTokenCount", "CacheWriteInputTokens", "CacheWriteInputTokenCount"];

    private static readonly string[] s_cacheReads = ["CacheReadInputTokens", "CacheReadInputTokenCount"];

    /// <summary>Takes the usage of a whole answer.</summary>
    public static void Replace(LlmResult result, UsageDetails? usage)
    {
        if (usage is null)
            return;
        result.ReplaceUsage(CountsOf(usage));
        foreach ((string name, long count) in usage.AdditionalCounts ?? [])
            result.Raw(name, count);
    }

    /// <summary>Takes the usage of a part of an answer.</summary>
    public static void Add(LlmResult result, UsageDetails? usage)
    {
        if (usage is null)
            return;
        result.AddUsage(CountsOf(usage));
        foreach ((string name, long count) in usage.AdditionalCounts ?? [])
            result.AddRaw(name, count);
    }

    private static TokenCounts CountsOf(UsageDetails usage)
    {
        long? foreignRead = CountOf(usage, s_cacheReads);
        var counts = new TokenCounts
        {
            Input = usage.InputTokenCount,
            Output = usage.OutputTokenCount,
            CacheRead = usage.CachedInputTokenCount ?? foreignRead,
            CacheWrite = CountOf(usage, s_cacheWrites),
            Reasoning = usage.ReasoningTokenCount,
        };
        // Who hands on a provider's own counter for reads hands on its own input, too, which in all known cases leaves caches out.
        // What comes from caches and goes to them cannot be more than an input that holds it.
        counts.InputExcludesCache = (usage.CachedInputTokenCount is null && foreignRead is not null)
            || (counts.CacheRead ?? 0) + (counts.CacheWrite ?? 0) > (counts.Input ?? long.MaxValue);
        return counts;
    }

    private static long? CountOf(UsageDetails usage, string[] names)
    {
        foreach ((string name, long count) in usage.AdditionalCounts ?? [])
        {
            string plain = name.Replace("_", "", StringComparison.Ordinal);
            if (Array.Exists(names, known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)))
                return count;
        }
        return null;
    }
}
