namespace AgentOps.Pricing;

/// <summary>What prices must fulfil, wherever they come from.</summary>
internal static class PriceRules
{
    /// <summary>Above it, a rate is a slip of the unit, not a price: the dearest model costs a thousandth of it.</summary>
    public const decimal MaxUsdPerMillion = 1_000_000;

    /// <summary>What is wrong with the entries, for people; <see langword="null"/> if nothing is.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="names">The names by which providers are known.</param>
    public static string? Violation(IReadOnlyList<ModelPrice> entries, ProviderNames names)
    {
        var seen = new Dictionary<(string, string, DateOnly?), string>();
        foreach (ModelPrice? entry in entries)
        {
            if (entry is null)
                return "A price is null. Leave it out.";
            if (string.IsNullOrWhiteSpace(entry.Provider))
                return $"The price of '{entry.Model}' names no provider. Name one, or '*' for any.";
            if (string.IsNullOrWhiteSpace(entry.Model) || entry.AlsoKnownAs.Any(string.IsNullOrWhiteSpace))
                return $"A price of '{entry.Provider}' has an empty model name. Name the model.";
            string provider = names.Resolve(entry.Provider) ?? entry.Provider;
            foreach (string name in (IEnumerable<string>)[entry.Model, .. entry.AlsoKnownAs])
            {
                if (seen.TryAdd((provider.ToUpperInvariant(), name.ToUpperInvariant(), entry.ValidFrom), entry.Provider))
                    continue;
                string other = seen[(provider.ToUpperInvariant(), name.ToUpperInvariant(), entry.ValidFrom)];
                return string.Equals(other, entry.Provider, StringComparison.OrdinalIgnoreCase)
                    ? $"'{entry.Provider}/{name}' stands twice for the same day. Keep one, or give each the day it is valid from."
                    : $"'{other}/{name}' and '{entry.Provider}/{name}' are one model for the same day: both are names of the provider '{provider}'. Keep one, or give each the day it is valid from.";
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
