namespace AgentOps.Pricing;

/// <summary>The entries that a model name led to: one, or several of which each holds from another day.</summary>
/// <param name="Version">The version of the table that they stand in.</param>
/// <param name="Entries">The latest first.</param>
internal sealed record PriceMatch(string Version, IReadOnlyList<ModelPrice> Entries)
{
    public static PriceMatch None { get; } = new("", []);

    public bool IsNone => Entries.Count == 0;

    public ModelPrice? On(DateOnly? day) =>
        day is null ? Entries[0] : Entries.FirstOrDefault(entry => entry.ValidFrom is not { } from || from <= day);
}

/// <summary>One price table among those that go one before the other, with its index.</summary>
internal sealed class PriceLayer
{
    private readonly Dictionary<string, ProviderPrices> _byProvider = new(StringComparer.OrdinalIgnoreCase);

    public PriceLayer(string version, IReadOnlyList<ModelPrice> prices, ProviderNames providers)
    {
        Version = version;
        Prices = prices;
        Providers = providers;
        foreach (ModelPrice price in prices)
        {
            string provider = providers.Resolve(price.Provider) ?? price.Provider;
            if (!_byProvider.TryGetValue(provider, out ProviderPrices? own))
                _byProvider.Add(provider, own = new ProviderPrices());
            own.Add(price);
        }
        foreach (ProviderPrices own in _byProvider.Values)
            own.Seal();
    }

    public string Version { get; }

    public IReadOnlyList<ModelPrice> Prices { get; }

    public ProviderNames Providers { get; }

    public PriceMatch? Match(string? provider, string model)
    {
        string? known = Resolve(provider);
        foreach (ModelName name in ModelName.Variants(model))
        {
            string? named = known ?? Resolve(name.Provider);
            List<ModelPrice>? entries = named is null ? MatchAnywhere(name.Model) : MatchAt(named, name.Model);
            if (entries is not null)
                return new PriceMatch(Version, entries);
        }
        return null;
    }

    private string? Resolve(string? provider) =>
        string.IsNullOrWhiteSpace(provider) ? null : Providers.Resolve(provider) ?? (_byProvider.ContainsKey(provider) ? provider : null);

    private List<ModelPrice>? MatchAt(string provider, string model)
    {
        foreach (string served in (IEnumerable<string>)[provider, .. Providers.FallbacksOf(provider), "*"])
        {
            if (_byProvider.TryGetValue(served, out ProviderPrices? prices) && prices.Match(model, allowAnything: true) is { } entries)
                return entries;
        }
        return null;
    }

    /// <summary>
    /// Nobody says who serves it: the maker's own price, or the one price at which all sell it. Several prices are no price.
    /// </summary>
    private List<ModelPrice>? MatchAnywhere(string model)
    {
        if (_byProvider.TryGetValue("*", out ProviderPrices? any) && any.Match(model, allowAnything: true) is { } stated)
            return stated;
        List<ModelPrice>? only = null;
        foreach ((string provider, ProviderPrices prices) in _byProvider)
        {
            if (prices.Match(model, allowAnything: false) is not { } entries)
                continue;
            if (Providers.IsFirstParty(provider))
                return entries;
            if (only is not null && !only[0].Rates.Equals(entries[0].Rates))
                return null;
            only ??= entries;
        }
        return only;
    }

    /// <summary>The prices of one provider.</summary>
    private sealed class ProviderPrices
    {
        private readonly Dictionary<string, List<ModelPrice>> _byName = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, List<ModelPrice>> _byPattern = new(StringComparer.OrdinalIgnoreCase);
        private ModelPattern[] _patterns = [];

        public void Add(ModelPrice price)
        {
            foreach (string name in (IEnumerable<string>)[price.Model, .. price.AlsoKnownAs])
            {
                Dictionary<string, List<ModelPrice>> index = ModelPattern.IsPattern(name) ? _byPattern : _byName;
                if (!index.TryGetValue(name, out List<ModelPrice>? entries))
                    index.Add(name, entries = []);
                entries.Add(price);
            }
        }

        public void Seal()
        {
            foreach (List<ModelPrice> entries in _byName.Values.Concat(_byPattern.Values))
                entries.Sort(static (a, b) => Nullable.Compare(b.ValidFrom, a.ValidFrom));
            _patterns = [.. _byPattern.Keys.Select(static text => new ModelPattern(text)).OrderByDescending(static p => p.Specificity).ThenBy(static p => p.Text, StringComparer.Ordinal)];
        }

        public List<ModelPrice>? Match(string model, bool allowAnything)
        {
            if (_byName.TryGetValue(model, out List<ModelPrice>? entries))
                return entries;
            ModelPattern? pattern = _patterns.FirstOrDefault(p => (allowAnything || !p.MatchesAnything) && p.Matches(model));
            return pattern is null ? null : _byPattern[pattern.Text];
        }
    }
}
