namespace AgentOps.Pricing;

/// <summary>What is billed at the rates of a size tier once a request is large enough for it.</summary>
public enum TierBilling
{
    /// <summary>The whole request, its output included. What OpenAI, Anthropic and Google do.</summary>
    WholeRequest = 0,

    /// <summary>Only the uncached input tokens above the threshold.</summary>
    Excess = 1,
}

/// <summary>Rates of requests with much input.</summary>
/// <param name="AboveInputTokens">They hold when the input, cached tokens included, is larger than this.</param>
/// <param name="Rates">The rates.</param>
/// <param name="Billing">What is billed at them.</param>
public sealed record SizeTier(long AboveInputTokens, TokenRates Rates, TierBilling Billing = TierBilling.WholeRequest);

/// <summary>What a service tier, such as <c>flex</c> or <c>priority</c>, does to the price.</summary>
public sealed record ServiceTierPrice
{
    private ServiceTierPrice(decimal multiplier, TokenRates? rates)
    {
        Multiplier = multiplier;
        Rates = rates;
    }

    /// <summary>Every rate, those of size tiers included, times this.</summary>
    public decimal Multiplier { get; }

    /// <summary>Rates of its own, which replace the model's; <see langword="null"/> if it multiplies.</summary>
    public TokenRates? Rates { get; }

    /// <summary>A tier that multiplies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative.</exception>
    public static ServiceTierPrice Times(decimal factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return new ServiceTierPrice(factor, null);
    }

    /// <summary>A tier that has rates of its own.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="rates"/> is <see langword="null"/>.</exception>
    public static ServiceTierPrice At(TokenRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        return new ServiceTierPrice(1, rates);
    }
}

/// <summary>What one model costs at one provider. Immutable.</summary>
public sealed record ModelPrice
{
    /// <summary>
    /// The provider, by its OpenTelemetry GenAI name (<c>openai</c>, <c>anthropic</c>, <c>aws.bedrock</c>, …) or a name of your own;
    /// <c>*</c> for any.
    /// </summary>
    public required string Provider { get; init; }

    /// <summary>
    /// The model's name, in any case. <c>*</c> stands for any run of characters and <c>#</c> for a digit; of several patterns that
    /// match a name, the one with the most literal characters counts, and a name itself before all patterns.
    /// </summary>
    public required string Model { get; init; }

    /// <summary>Other names and patterns of the same model.</summary>
    public IReadOnlyList<string> AlsoKnownAs { get; init; } = [];

    /// <summary>The rates of ordinary requests.</summary>
    public required TokenRates Rates { get; init; }

    /// <summary>Rates of large requests.</summary>
    public IReadOnlyList<SizeTier> SizeTiers { get; init; } = [];

    /// <summary>What service tiers do to the price, by their lower-case names. A request of a tier that is not here has no known price.</summary>
    public IReadOnlyDictionary<string, ServiceTierPrice> ServiceTiers { get; init; } = new Dictionary<string, ServiceTierPrice>();

    /// <summary>The first day, in UTC, on which it holds; <see langword="null"/> for always. Of several entries of one model the latest that holds counts.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Where the price was read.</summary>
    public string? Source { get; init; }

    /// <summary>When it was read.</summary>
    public DateOnly? AsOf { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}/{Model}";

    /// <summary>Whether all requests cost the same, whatever their size and service tier.</summary>
    internal bool CostsTheSameAs(ModelPrice other) =>
        Rates.Equals(other.Rates)
        && SizeTiers.SequenceEqual(other.SizeTiers)
        && ServiceTiers.Count == other.ServiceTiers.Count
        && ServiceTiers.All(tier => other.ServiceTiers.TryGetValue(tier.Key, out ServiceTierPrice? same) && tier.Value.Equals(same));
}
