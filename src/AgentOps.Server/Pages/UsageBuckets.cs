using AgentOps.Events;
using AgentOps.Pricing;
using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>The tokens of a call in buckets that do not overlap, each with what it cost.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Class">The class that gives them their colour.</param>
/// <param name="Tokens">How many.</param>
/// <param name="Rate">USD for a million; <see langword="null"/> if none is known.</param>
public sealed record UsageBucket(string Name, string Class, long Tokens, decimal? Rate)
{
    public decimal? Usd => Rate is { } rate ? Tokens * rate / 1_000_000 : null;

    /// <summary>The buckets of a call; none if it does not say what it used.</summary>
    public static IReadOnlyList<UsageBucket> Of(LlmEvent call, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(prices);
        if (call.Usage is not { } usage)
            return [];
        TokenRates? rates = call.ReportedCost is null ? prices.Find(call.Provider, call.Model, DateOnly.FromDateTime(call.Start.UtcDateTime))?.Rates : null;
        long cached = usage.CachedInputTokens ?? 0;
        long written = usage.CacheWriteTokens ?? 0;
        long writtenLong = usage.CacheWrite1HourTokens ?? 0;
        long reasoning = usage.ReasoningTokens ?? 0;
        UsageBucket[] buckets =
        [
            new("input, uncached", "u-in", Math.Max(0, (usage.InputTokens ?? 0) - cached - written - writtenLong), rates?.Input),
            new("cache read", "u-cr", cached, rates?.CacheRead ?? rates?.Input),
            new("cache write, 5 min", "u-cw", written, rates?.CacheWrite5Minutes ?? rates?.Input),
            new("cache write, 1 h", "u-cw", writtenLong, rates?.CacheWrite1Hour ?? rates?.CacheWrite5Minutes ?? rates?.Input),
            new("output", "u-out", Math.Max(0, (usage.OutputTokens ?? 0) - reasoning), rates?.Output),
            new("reasoning", "u-rs", reasoning, rates?.Reasoning ?? rates?.Output),
        ];
        return [.. buckets.Where(static bucket => bucket.Tokens > 0)];
    }

    /// <summary>Why a cost is what it is.</summary>
    public static string Reason(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        string counted = stored.Counting switch
        {
            Counting.Aggregate => " Not in any sum: the calls inside say what was used.",
            Counting.Covered => " Not in any sum: the call around it says what was used.",
            _ => " Counted once, as a leaf.",
        };
        return stored.CostReason switch
        {
            CostReason.Priced => $"Priced from table {stored.PriceTable}.{counted}",
            CostReason.Reported => $"As the provider reported it.{counted}",
            CostReason.Free => $"The model costs nothing.{counted}",
            CostReason.UnknownModel => "Unknown: no price is known for the model. Add one to the file that AGENTOPS_PRICES names.",
            CostReason.UnknownServiceTier => "Unknown: the model has no price for this service tier.",
            _ when stored.Event.Status is EventStatus.Incomplete or EventStatus.Interrupted => "Unknown: the call has not said what it used.",
            _ => "Unknown: the call does not say its tokens.",
        };
    }
}
