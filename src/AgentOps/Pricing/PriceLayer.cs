namespace AgentOps.Pricing;

/// <summary>One price table among those that go one before the other, with its index.</summary>
internal sealed class PriceLayer
{
    private readonly Dictionary<string, ProviderPrices> _byProvider = new(StringComparer.OrdinalIgnoreCase);
    private readonly ProviderNames _names;

    public PriceLayer(string version, IReadOnlyList<ModelPrice> prices, ProviderNames names)
    {
        Version = version;
        Prices = prices;
        _names = names;
        foreach (ModelPrice price in prices)
        {
            string provider = names.Resolve(price.Provider) ?? price.Provider;
            if (!_byProvider.TryGetValue(provider, out ProviderPrices? own))
                _byProvider.Add(provider, own = new ProviderPrices());
            own.Add(price);
        }
        foreach (ProviderPrices own in _byProvider.Values)
            own.Seal();
    }

    public string Version { get; }

    public IReadOnlyList<ModelPrice> Prices { get; }

    /// <summary>The same prices where other provider names are known.</summary>
    public PriceLayer Knowing(ProviderNames names) => ReferenceEquals(names, _names) ? this : new PriceLayer(Version, Prices, names);

    public bool Lists(string provider) => _byProvider.ContainsKey(provider);

    /// <summary>What a provider's own entries say of a model that day, by name or pattern.</summary>
    public ModelPrice? Match(string provider, string model, DateOnly day) =>
        _byProvider.TryGetValue(provider, out ProviderPrices? prices) ? prices.Match(model, day, allowAnything: true) : null;

    /// <summary>What a provider's own entries say of a model that day, by name only.</summary>
    public ModelPrice? MatchName(string provider, string model, DateOnly day) =>
        _byProvider.TryGetValue(provider, out ProviderPrices? prices) ? prices.MatchName(model, day) : null;

    /// <summary>The names of a model at a provider: those of its entry, and of entries at the same price whose patterns it fits.</summary>
    public IEnumerable<string> NamesOf(string provider, string model, ModelPrice price, DateOnly day) =>
        _byProvider[provider].MatchPatterns(model, day, allowAnything: false).Where(price.CostsTheSameAs).Prepend(price)
            .SelectMany(static entry => entry.AlsoKnownAs.Prepend(entry.Model));

    /// <summary>Whether it says anything of a model of which nobody says who serves it.</summary>
    public bool HasAnywhere(string model, DateOnly day) => Match("*", model, day) is not null || Anywhere(model, day).Any();

    /// <summary>Who sells a model that day; an entry for whatever a provider serves does not say that it does.</summary>
    public IEnumerable<(string Provider, ModelPrice Price)> Anywhere(string model, DateOnly day)
    {
        foreach ((string provider, ProviderPrices prices) in _byProvider)
        {
            if (prices.Match(model, day, allowAnything: false) is { } price)
                yield return (provider, price);
        }
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

        public ModelPrice? Match(string model, DateOnly day, bool allowAnything) =>
            MatchName(model, day) ?? MatchPatterns(model, day, allowAnything).FirstOrDefault();

        /// <summary>The most specific first.</summary>
        public IEnumerable<ModelPrice> MatchPatterns(string model, DateOnly day, bool allowAnything)
        {
            foreach (ModelPattern pattern in _patterns)
            {
                if ((allowAnything || !pattern.MatchesAnything) && pattern.Matches(model) && On(_byPattern[pattern.Text], day) is { } price)
                    yield return price;
            }
        }

        public ModelPrice? MatchName(string model, DateOnly day) => _byName.TryGetValue(model, out List<ModelPrice>? entries) ? On(entries, day) : null;

        /// <summary>The latest that holds: they stand with the latest first.</summary>
        private static ModelPrice? On(List<ModelPrice> entries, DateOnly day) =>
            entries.Find(entry => entry.ValidFrom is not { } from || from <= day);
    }
}
