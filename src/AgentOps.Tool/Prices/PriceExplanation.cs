using AgentOps.Pricing;

namespace AgentOps.Tool.Prices;

/// <summary>Which entry a model's name leads to, and why.</summary>
/// <param name="Price">The entry; <see langword="null"/> if there is none.</param>
/// <param name="Table">The version of the table that it stands in.</param>
/// <param name="Steps">How the name led there, or why it does not.</param>
/// <param name="Near">Names that may have been meant.</param>
internal sealed record PriceExplanation(ModelPrice? Price, string Table, IReadOnlyList<string> Steps, IReadOnlyList<string> Near)
{
    public static PriceExplanation Of(PriceTable prices, string? provider, string model, DateOnly day)
    {
        PriceMatch match = prices.Match(provider, model, day);
        return match.Price is { } price
            ? new PriceExplanation(price, match.Version, [.. StepsOf(price, provider, model)], [])
            : new PriceExplanation(null, "", [.. MissesOf(prices, provider, model, day)], Suggestions.For(BareName(model), prices.Prices.Select(static p => p.Model)));
    }

    private static IEnumerable<string> StepsOf(ModelPrice price, string? provider, string model)
    {
        (ModelName Name, string Entry)? found = null;
        foreach (ModelName variant in ModelName.Variants(model))
        {
            if (EntryOf(price, variant.Model) is { } entry)
            {
                found = (variant, entry);
                break;
            }
        }
        if (found is not { } hit)
        {
            yield return $"a table above has a price of its own for the model that '{model}' is another name of";
        }
        else
        {
            if (hit.Name.Model != model.Trim())
                yield return $"'{model}' is '{hit.Name.Model}'{(hit.Name.Provider is { } named ? $" at '{named}'" : "")}: what stands before it is no part of the name";
            if (ModelPattern.IsPattern(hit.Entry))
                yield return $"it fits the pattern '{hit.Entry}'{(hit.Entry == price.Model ? "" : $" of the entry '{price.Model}'")}, the most specific that it fits";
            else
                yield return hit.Entry == price.Model ? "the entry has exactly this name" : $"'{hit.Entry}' is another name of the entry '{price.Model}'";
        }
        string? who = string.IsNullOrWhiteSpace(provider) ? found?.Name.Provider : provider;
        if (who is null)
            yield return price.Provider == "*" ? "the entry holds for any provider" : $"no provider was given: '{price.Provider}' makes the model, or all sell it at this price";
        else if (!who.Equals(price.Provider, StringComparison.OrdinalIgnoreCase))
            yield return $"'{who}' leads to the prices of '{price.Provider}': it is another name of it, takes its prices for what it does not list, or is not known";
        if (price.ValidFrom is { } from)
            yield return $"it holds since {from:yyyy-MM-dd}";
    }

    private static IEnumerable<string> MissesOf(PriceTable prices, string? provider, string model, DateOnly day)
    {
        string name = BareName(model);
        ModelPrice[] sellers = [.. prices.Prices.Where(price => EntryOf(price, name) is { } entry && !new ModelPattern(entry).MatchesAnything)];
        ModelPrice[] later = [.. sellers.Where(price => price.ValidFrom > day)];
        if (sellers.Length == 0)
            yield return $"no entry has the name '{name}', as its own or as another, and no pattern fits it; names are never matched in part";
        else if (later.Length == sellers.Length)
            yield return $"its entries hold only from {later.Min(static price => price.ValidFrom):yyyy-MM-dd} on";
        else if (string.IsNullOrWhiteSpace(provider))
            yield return $"{string.Join(", ", sellers.Select(static price => price.Provider).Distinct())} sell it at different prices; say which with --provider";
        else
            yield return $"'{provider}' does not list it; {string.Join(", ", sellers.Select(static price => price.Provider).Distinct())} {(sellers.Length == 1 ? "does" : "do")}";
        yield return "give it a price in a file that AGENTOPS_PRICES names (docs/prices.md)";
    }

    private static string? EntryOf(ModelPrice price, string name)
    {
        string[] names = [price.Model, .. price.AlsoKnownAs];
        return Array.Find(names, own => own.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? names.Where(ModelPattern.IsPattern).Select(static text => new ModelPattern(text)).Where(pattern => pattern.Matches(name)).MaxBy(static pattern => pattern.Specificity)?.Text;
    }

    private static string BareName(string model) => ModelName.Variants(model).Last().Model;
}
