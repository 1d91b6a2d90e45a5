namespace AgentOps.Recording;

/// <summary>Reads what caches took and gave from a provider's own counters, where a client hands them on beside counts that have no place for them.</summary>
internal static class CacheCounters
{
    private static readonly string[] s_writes =
        ["CacheCreationInputTokens", "CacheCreationInputTokenCount", "CacheWriteInputTokens", "CacheWriteInputTokenCount", "CacheWriteTokens", "CacheWriteTokenCount"];

    private static readonly string[] s_reads = ["CacheReadInputTokens", "CacheReadInputTokenCount"];

    /// <summary>Counts, with what only the counters say of caches.</summary>
    public static TokenCounts With(TokenCounts counts, IEnumerable<KeyValuePair<string, long>>? counters)
    {
        bool readIsForeign = false;
        foreach ((string name, long count) in counters ?? [])
        {
            string plain = name?.Replace("_", "", StringComparison.Ordinal) ?? "";
            if (counts.CacheWrite is null && s_writes.Contains(plain, StringComparer.OrdinalIgnoreCase))
            {
                counts.CacheWrite = count;
            }
            else if (counts.CacheRead is null && s_reads.Contains(plain, StringComparer.OrdinalIgnoreCase))
            {
                counts.CacheRead = count;
                readIsForeign = true;
            }
        }
        // Who hands on a provider's own counter for reads hands on its own input, too, which in all known cases leaves caches out.
        // What comes from caches and goes to them cannot be more than an input that holds it.
        counts.InputExcludesCache |= readIsForeign || TokenCounts.Sum(counts.CacheRead ?? 0, counts.CacheWrite ?? 0) > (counts.Input ?? long.MaxValue);
        return counts;
    }
}
