using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Calls;

/// <summary>Reads token counts: caches are in the input and reasoning in the output, unless the client is one that counts otherwise.</summary>
internal static class UsageReading
{
    /// <summary>Takes the usage of a whole answer.</summary>
    public static void Replace(LlmResult result, UsageDetails? usage)
    {
        if (usage is not null)
            result.ReplaceUsage(CountsOf(usage), usage.AdditionalCounts);
    }

    /// <summary>Takes the usage of a part of an answer.</summary>
    public static void Add(LlmResult result, UsageDetails? usage)
    {
        if (usage is not null)
            result.AddUsage(CountsOf(usage), usage.AdditionalCounts);
    }

    private static TokenCounts CountsOf(UsageDetails usage) => new()
    {
        Input = usage.InputTokenCount,
        Output = usage.OutputTokenCount,
        CacheRead = usage.CachedInputTokenCount,
        Reasoning = usage.ReasoningTokenCount,
    };
}
