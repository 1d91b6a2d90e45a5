namespace AgentOps.Pricing;

/// <summary>The entry that a model name led to on a day.</summary>
/// <param name="Version">The version of the table that it stands in.</param>
/// <param name="Price">The entry; <see langword="null"/> if there is none.</param>
internal sealed record PriceMatch(string Version, ModelPrice? Price)
{
    public static PriceMatch None { get; } = new("", null);
}

/// <summary>
/// Price tables that go one before the other, and which entry of theirs counts. All know the providers that any of them names: a
/// file of one's own need not say again who <c>azure</c> is.
/// </summary>
internal sealed class PriceLayers
{
    private const string AnyProvider = "*";

    private readonly PriceLayer[] _layers;
    private readonly ProviderNames _names;

    private PriceLayers(PriceLayer[] layers, ProviderNames names)
    {
        _layers = layers;
        _names = names;
    }

    /// <summary>No price of anything.</summary>
    public static PriceLayers None { get; } = new([], ProviderNames.None);

    public string Version => string.Join('+', _layers.Select(static layer => layer.Version));

    public IEnumerable<ModelPrice> Prices => _layers.SelectMany(static layer => layer.Prices);

    public static PriceLayers Of(string version, IReadOnlyList<ModelPrice> prices, ProviderNames names) =>
        new([new PriceLayer(version, prices, names)], names);

    /// <summary>These with others before them.</summary>
    public PriceLayers Below(PriceLayers above)
    {
        ProviderNames names = above._names.Over(_names);
        return new([.. above._layers.Concat(_layers).Select(layer => layer.Knowing(names))], names);
    }

    /// <summary>What is wrong with the entries once all names are known; <see langword="null"/> if nothing is.</summary>
    public string? Violation() => _layers.Select(layer => PriceRules.Violation(layer.Prices, _names)).FirstOrDefault(static v => v is not null);

    public PriceMatch Match(string? provider, string model, DateOnly day)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            string? known = Resolve(_layers[i], provider);
            foreach (ModelName name in ModelName.Variants(model))
            {
                PriceMatch? found = (known ?? Resolve(_layers[i], name.Provider)) is { } named
                    ? MatchAt(i, named, name.Model, day)
                    : _layers[i].HasAnywhere(name.Model, day) ? MatchAnywhere(provider, name.Model, day) : null;
                if (found is not null)
                    return found;
            }
        }
        return PriceMatch.None;
    }

    private string? Resolve(PriceLayer layer, string? provider) =>
        string.IsNullOrWhiteSpace(provider) ? null : _names.Resolve(provider) ?? (layer.Lists(provider) ? provider : null);

    private PriceMatch? MatchAt(int layer, string provider, string model, DateOnly day)
    {
        // What a provider lists itself, in whichever table, goes before the price of another one that would hold for it.
        bool isListed = _layers.Any(other => other.Match(provider, model, day) is not null);
        string[] servedAs = [provider, .. isListed ? [] : _names.FallbacksOf(provider), AnyProvider];
        foreach (string served in servedAs)
        {
            if (_layers[layer].Match(served, model, day) is { } price)
                return Overridden(layer, served, model, price, servedAs, day);
        }
        return null;
    }

    /// <summary>
    /// Nobody says who serves it: the maker's own price, or the one price at which all sell it. Several prices are no price.
    /// All tables decide together, for a price of one seller in a table above says nothing of the maker's below.
    /// </summary>
    private PriceMatch? MatchAnywhere(string? provider, string model, DateOnly day)
    {
        var sellers = new Dictionary<string, PriceMatch>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _layers.Length; i++)
        {
            if (Resolve(_layers[i], provider) is not null)
                continue;
            if (_layers[i].Match(AnyProvider, model, day) is { } stated)
                return Overridden(i, AnyProvider, model, stated, [AnyProvider], day);
            foreach ((string seller, ModelPrice price) in _layers[i].Anywhere(model, day))
            {
                PriceMatch match = Overridden(i, seller, model, price, [seller, AnyProvider], day);
                if (_names.IsFirstParty(seller))
                    return match;
                sellers.TryAdd(seller, match);
            }
        }
        PriceMatch? only = sellers.Values.FirstOrDefault();
        return sellers.Values.All(match => match.Price!.CostsTheSameAs(only!.Price!)) ? only : null;
    }

    /// <summary>
    /// A table above that has a price for another name of the model means the same model: <c>gpt-5</c> is also <c>gpt-5-2025-08-07</c>
    /// where the table below says so, and sells both at one price.
    /// </summary>
    private PriceMatch Overridden(int layer, string provider, string model, ModelPrice price, string[] servedAs, DateOnly day)
    {
        string[] names = layer == 0 ? [] : [.. _layers[layer].NamesOf(provider, model, price, day)];
        foreach (PriceLayer above in _layers.AsSpan(0, layer))
        {
            foreach (string served in servedAs)
            {
                foreach (string name in names)
                {
                    if (above.MatchName(served, name, day) is { } own)
                        return new PriceMatch(above.Version, own);
                }
            }
        }
        return new PriceMatch(_layers[layer].Version, price);
    }
}
