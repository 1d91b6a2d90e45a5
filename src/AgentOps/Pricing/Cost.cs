using System.Globalization;

namespace AgentOps.Pricing;

/// <summary>Why a cost is what it is, or why it is unknown.</summary>
public enum CostReason
{
    /// <summary>Unknown: the call says nothing of the tokens that it used, or what it says cannot be.</summary>
    UnknownUsage = 0,

    /// <summary>Unknown: no price is known for the model.</summary>
    UnknownModel = 1,

    /// <summary>Unknown: the model has a price, but none for the service tier that served the call.</summary>
    UnknownServiceTier = 2,

    /// <summary>The provider said what it cost, or whoever recorded the call by hand.</summary>
    Reported = 3,

    /// <summary>From the tokens and a price table.</summary>
    Priced = 4,

    /// <summary>The model costs nothing.</summary>
    Free = 5,
}

/// <summary>What a model call cost. An unknown cost is not zero: sums must count it apart.</summary>
/// <param name="Usd">USD; <see langword="null"/> if unknown.</param>
/// <param name="Reason">Why.</param>
/// <param name="PriceTable">The version of the price table that the price came from; <see langword="null"/> if from none: a cost that is unknown or reported came from no table.</param>
public readonly record struct Cost(decimal? Usd, CostReason Reason, string? PriceTable = null)
{
    /// <summary>Whether it is known.</summary>
    public bool IsKnown => Usd is not null;

    /// <summary>For people: <c>$0.0123</c>, <c>free</c>, <c>unknown (no price for the model)</c>.</summary>
    public override string ToString() => Reason switch
    {
        CostReason.Free => "free",
        CostReason.UnknownUsage => "unknown (the call does not say its tokens)",
        CostReason.UnknownModel => "unknown (no price for the model)",
        CostReason.UnknownServiceTier => "unknown (no price for the service tier)",
        _ => string.Create(CultureInfo.InvariantCulture, $"${Usd:0.####}"),
    };
}
