using AgentOps.Events;

namespace AgentOps.Pricing;

/// <summary>The arithmetic of a call's cost. Pure.</summary>
internal static class CostCalculator
{
    private const decimal Million = 1_000_000m;

    /// <summary>No call costs more: what is said to is a slip, and must not drown a sum.</summary>
    private const decimal MaxReported = 1_000_000_000m;

    public static bool IsSane(decimal reported) => reported is >= 0 and <= MaxReported;

    public static Cost CostOf(TokenUsage? usage, ModelPrice price, string? serviceTier)
    {
        if (price.Rates.IsFree && price.SizeTiers.Count == 0 && price.ServiceTiers.Count == 0)
            return new Cost(0, CostReason.Free);
        if (TokenBuckets.Of(usage, price.Rates) is not { } buckets)
            return new Cost(null, CostReason.UnknownUsage);
        if (ServiceTierOf(price, serviceTier) is not { } service)
            return new Cost(null, CostReason.UnknownServiceTier);
        TokenRates rates = service.Rates ?? price.Rates;
        decimal extra = 0;
        // A service tier with rates of its own states all there is; size tiers are those of the ordinary rates.
        if (service.Rates is null && price.SizeTiers.LastOrDefault(tier => buckets.AllInput > tier.AboveInputTokens) is { } tier)
        {
            if (tier.Billing == TierBilling.WholeRequest)
                rates = tier.Rates;
            else
                extra = Math.Min(buckets.Input, buckets.AllInput - tier.AboveInputTokens) * (tier.Rates.Input - rates.Input);
        }
        decimal usd = (Sum(buckets, rates) + extra) * service.Multiplier / Million;
        return new Cost(usd, usd == 0 && rates.IsFree ? CostReason.Free : CostReason.Priced);
    }

    private static decimal Sum(in TokenBuckets buckets, TokenRates rates)
    {
        decimal shortWrite = rates.CacheWrite5Minutes ?? rates.Input;
        return (buckets.Input * rates.Input)
            + (buckets.AudioInput * (rates.AudioInput ?? rates.Input))
            + (buckets.CacheRead * (rates.CacheRead ?? rates.Input))
            + (buckets.CacheWrite5Minutes * shortWrite)
            + (buckets.CacheWrite1Hour * (rates.CacheWrite1Hour ?? shortWrite))
            + (buckets.Output * rates.Output)
            + (buckets.Reasoning * (rates.Reasoning ?? rates.Output))
            + (buckets.AudioOutput * (rates.AudioOutput ?? rates.Output));
    }

    private static ServiceTierPrice? ServiceTierOf(ModelPrice price, string? name)
    {
        string tier = name?.Trim().ToLowerInvariant() ?? "";
        if (price.ServiceTiers.TryGetValue(tier, out ServiceTierPrice? listed))
            return listed;
        return tier switch
        {
            "" or "default" or "standard" or "standard_only" or "auto" or "on_demand" or "on-demand" or "ondemand" => ServiceTierPrice.Times(1),
            // What one maker calls fast, another calls priority.
            "fast" when price.ServiceTiers.TryGetValue("priority", out ServiceTierPrice? priority) => priority,
            _ => null,
        };
    }
}

/// <summary>The tokens of a call, each counted in one bucket only.</summary>
internal readonly record struct TokenBuckets(
    long Input, long AudioInput, long CacheRead, long CacheWrite5Minutes, long CacheWrite1Hour, long Output, long Reasoning, long AudioOutput)
{
    /// <summary>No call uses more: a count above is a slip.</summary>
    private const long MaxCount = 1_000_000_000;

    public long AllInput => Input + AudioInput + CacheRead + CacheWrite5Minutes + CacheWrite1Hour;

    /// <summary>Splits counts that lie inside one another.</summary>
    /// <returns><see langword="null"/> if what is known is not enough to price the call, or cannot be.</returns>
    public static TokenBuckets? Of(TokenUsage? usage, TokenRates rates)
    {
        // Embeddings put nothing out, and say so by a price of zero.
        if (usage?.InputTokens is not { } input || (usage.OutputTokens ?? (rates.Output == 0 ? 0 : null)) is not { } output)
            return null;
        var buckets = new TokenBuckets(
            input, usage.AudioInputTokens ?? 0, usage.CachedInputTokens ?? 0, usage.CacheWriteTokens ?? 0, usage.CacheWrite1HourTokens ?? 0,
            output, usage.ReasoningTokens ?? 0, usage.AudioOutputTokens ?? 0);
        if (!buckets.AreSane)
            return null;
        buckets = buckets with
        {
            Input = input - buckets.AudioInput - buckets.CacheRead - buckets.CacheWrite5Minutes - buckets.CacheWrite1Hour,
            Output = output - buckets.Reasoning - buckets.AudioOutput,
        };
        return buckets.AreSane ? buckets : null;
    }

    private bool AreSane =>
        IsSane(Input) && IsSane(AudioInput) && IsSane(CacheRead) && IsSane(CacheWrite5Minutes) && IsSane(CacheWrite1Hour)
        && IsSane(Output) && IsSane(Reasoning) && IsSane(AudioOutput);

    private static bool IsSane(long count) => count is >= 0 and <= MaxCount;
}
