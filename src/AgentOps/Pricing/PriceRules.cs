namespace AgentOps.Pricing;

/// <summary>What prices must fulfil, wherever they come from.</summary>
internal static class PriceRules
{
    /// <summary>Above it, a rate is a slip of the unit, not a price: the dearest model costs a thousandth of it.</summary>
    public const decimal MaxUsdPerMillion = 1_000_000;

    /// <summary>What is wrong with the entries, for people; <see langword="null"/> if nothing is.</summary>
    public static string? Violation(IReadOnlyList<ModelPrice> entries)
    {
        var seen = new HashSet<(string, string, DateOnly?)>();
        foreach (ModelPrice? entry in entries)
        {
            if (entry is null)
                return "A price is null. Leave it out.";
            if (string.IsNullOrWhiteSpace(entry.Provider))
                return $"The price of '{entry.Model}' names no provider. Name one, or '*' for any.";
            if (string.IsNullOrWhiteSpace(entry.Model) || entry.AlsoKnownAs.Any(string.IsNullOrWhiteSpace))
                return $"A price of '{entry.Provider}' has an empty model name. Name the model.";
            foreach (string name in (IEnumerable<string>)[entry.Model, .. entry.AlsoKnownAs])
            {
                if (!seen.Add((entry.Provider.ToUpperInvariant(), name.ToUpperInvariant(), entry.ValidFrom)))
                    return $"'{entry.Provider}/{name}' stands twice for the same day. Keep one, or give each the day it is valid from.";
            }
            if (RatesViolation(entry) is { } violation)
                return violation;
        }
        return null;
    }

    private static string? RatesViolation(ModelPrice entry)
    {
        IEnumerable<(string Place, TokenRates Rates)> all =
        [
            ("", entry.Rates),
            .. entry.SizeTiers.Select(static tier => ($"tier above {tier.AboveInputTokens}, ", tier.Rates)),
            .. entry.ServiceTiers.Where(static tier => tier.Value.Rates is not null).Select(static tier => ($"service tier {tier.Key}, ", tier.Value.Rates!)),
        ];
        foreach ((string place, TokenRates rates) in all)
        {
            foreach ((string name, decimal? rate) in rates.Named)
            {
                if (rate < 0)
                    return $"'{entry}': {place}{name} is {rate}. A price cannot be negative.";
                if (rate > MaxUsdPerMillion)
                    return $"'{entry}': {place}{name} is {rate}. Prices are USD per million tokens.";
            }
        }
        long above = 0;
        foreach (SizeTier tier in entry.SizeTiers)
        {
            if (tier.AboveInputTokens <= above)
                return $"'{entry}': the tier above {tier.AboveInputTokens} tokens stands behind one above {above}. List tiers by rising size, each above 0.";
            above = tier.AboveInputTokens;
        }
        return null;
    }
}
