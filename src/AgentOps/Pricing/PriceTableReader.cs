using System.Globalization;
using System.Text.Json;

namespace AgentOps.Pricing;

/// <summary>Reads a price table from JSON. What it does not know, it refuses: a slip in a name must not become a missing price.</summary>
internal static class PriceTableReader
{
    private const string Unit = "USD per million tokens";

    public static PriceTable ReadBuiltIn() => Read(ModelPrices.Json.ToArray(), "The built-in price table");

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static PriceTable Read(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
            return new PriceTable(ReadLayer(new JsonPart(document.RootElement, name)));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name} is no valid JSON: {e.Message}", e);
        }
    }

    private static PriceLayers ReadLayer(JsonPart root)
    {
        string? version = null;
        string? unit = null;
        var providers = new List<ProviderEntry>();
        var prices = new List<ModelPrice>();
        foreach ((string key, JsonPart value) in root.Members())
        {
            switch (key)
            {
                case "version": version = value.Text(); break;
                case "unit": unit = value.Text(); break;
                case "providers": providers.AddRange(value.Members().Select(static p => ReadProvider(p.Key, p.Value))); break;
                case "models": prices.AddRange(value.Items().Select(ReadPrice)); break;
                default: throw root.Unknown(key, "version, unit, providers, models");
            }
        }
        if (unit is not null && unit != Unit)
            throw root.Wrong($"has the unit '{unit}'. Prices are '{Unit}'");
        var names = new ProviderNames(providers);
        if (PriceRules.Violation(prices, names) is { } violation)
            throw new InvalidDataException($"{root.Name}: {violation}");
        return PriceLayers.Of(version ?? throw root.Wrong("has no \"version\". Give it one: costs say which table they came from"), prices, names);
    }

    private static ProviderEntry ReadProvider(string name, JsonPart part)
    {
        IReadOnlyList<string> aliases = [];
        IReadOnlyList<string> fallsBackTo = [];
        bool isFirstParty = false;
        foreach ((string key, JsonPart value) in part.Members())
        {
            switch (key)
            {
                case "aliases": aliases = value.Texts(); break;
                case "fallsBackTo": fallsBackTo = value.Texts(); break;
                case "isFirstParty": isFirstParty = value.Flag(); break;
                default: throw part.Unknown(key, "aliases, fallsBackTo, isFirstParty");
            }
        }
        return new ProviderEntry(name, aliases, fallsBackTo, isFirstParty);
    }

    private static ModelPrice ReadPrice(JsonPart part)
    {
        string? provider = null;
        string? model = null;
        IReadOnlyList<string> also = [];
        SizeTier[] tiers = [];
        var services = new Dictionary<string, ServiceTierPrice>(StringComparer.OrdinalIgnoreCase);
        DateOnly? validFrom = null;
        DateOnly? asOf = null;
        string? source = null;
        var rates = new RatesReader(part);
        foreach ((string key, JsonPart value) in part.Members())
        {
            switch (key)
            {
                case "provider": provider = value.Text(); break;
                case "model": model = value.Text(); break;
                case "also": also = value.Texts(); break;
                case "tiers": tiers = [.. value.Items().Select(ReadTier)]; break;
                case "serviceTiers":
                    foreach ((string name, JsonPart tier) in value.Members())
                        services[name.ToLowerInvariant()] = ReadServiceTier(tier);
                    break;
                case "validFrom": validFrom = value.Date(); break;
                case "source": source = value.Text(); break;
                case "asOf": asOf = value.Date(); break;
                default:
                    if (!rates.TryRead(key, value))
                        throw part.Unknown(key, "provider, model, also, " + RatesReader.Names + ", tiers, serviceTiers, validFrom, source, asOf");
                    break;
            }
        }
        return new ModelPrice
        {
            Provider = provider ?? throw part.Missing("provider"),
            Model = model ?? throw part.Missing("model"),
            AlsoKnownAs = also,
            Rates = rates.Read(),
            SizeTiers = tiers,
            ServiceTiers = services,
            ValidFrom = validFrom,
            Source = source,
            AsOf = asOf,
        };
    }

    private static SizeTier ReadTier(JsonPart part)
    {
        long? above = null;
        var billing = TierBilling.WholeRequest;
        var rates = new RatesReader(part);
        foreach ((string key, JsonPart value) in part.Members())
        {
            switch (key)
            {
                case "above": above = value.Whole(); break;
                case "bills":
                    billing = value.Text() switch
                    {
                        "request" => TierBilling.WholeRequest,
                        "excess" => TierBilling.Excess,
                        string other => throw part.Wrong($"bills '{other}'. It bills \"request\" or \"excess\""),
                    };
                    break;
                default:
                    if (!rates.TryRead(key, value))
                        throw part.Unknown(key, "above, bills, " + RatesReader.Names);
                    break;
            }
        }
        return new SizeTier(above ?? throw part.Missing("above"), rates.Read(), billing);
    }

    private static ServiceTierPrice ReadServiceTier(JsonPart part)
    {
        if (part.IsNumber)
        {
            decimal factor = part.Number();
            return factor >= 0 ? ServiceTierPrice.Times(factor) : throw part.Wrong($"is {factor}. A multiplier cannot be negative");
        }
        var rates = new RatesReader(part);
        foreach ((string key, JsonPart value) in part.Members())
        {
            if (!rates.TryRead(key, value))
                throw part.Unknown(key, RatesReader.Names);
        }
        return ServiceTierPrice.At(rates.Read());
    }

    /// <summary>Rates that stand among other members.</summary>
    private sealed class RatesReader(JsonPart part)
    {
        public const string Names = "input, output, cacheRead, cacheWrite5m, cacheWrite1h, reasoning, audioInput, audioOutput";

        private readonly Dictionary<string, decimal> _read = [];

        public bool TryRead(string key, JsonPart value)
        {
            if (!Names.Split(", ").Contains(key, StringComparer.Ordinal))
                return false;
            _read[key] = value.Number();
            return true;
        }

        public TokenRates Read() => new()
        {
            Input = _read.TryGetValue("input", out decimal input) ? input : throw part.Missing("input"),
            Output = _read.TryGetValue("output", out decimal output) ? output : throw part.Missing("output"),
            CacheRead = Optional("cacheRead"),
            CacheWrite5Minutes = Optional("cacheWrite5m"),
            CacheWrite1Hour = Optional("cacheWrite1h"),
            Reasoning = Optional("reasoning"),
            AudioInput = Optional("audioInput"),
            AudioOutput = Optional("audioOutput"),
        };

        private decimal? Optional(string key) => _read.TryGetValue(key, out decimal rate) ? rate : null;
    }

    /// <summary>A part of the document with a name for messages.</summary>
    private readonly struct JsonPart(JsonElement element, string name)
    {
        private readonly JsonElement _element = element;

        public string Name { get; } = name;

        public bool IsNumber => _element.ValueKind == JsonValueKind.Number;

        public IEnumerable<(string Key, JsonPart Value)> Members()
        {
            if (_element.ValueKind != JsonValueKind.Object)
                throw Wrong($"is {Kind}. It must be an object");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            string name = Name + Identity(_element);
            foreach (JsonProperty property in _element.EnumerateObject())
            {
                if (!seen.Add(property.Name))
                    throw new InvalidDataException($"{name}: \"{property.Name}\" stands twice. Keep one.");
                yield return (property.Name, new JsonPart(property.Value, $"{name}: \"{property.Name}\""));
            }
        }

        public IEnumerable<JsonPart> Items()
        {
            if (_element.ValueKind != JsonValueKind.Array)
                throw Wrong($"is {Kind}. It must be a list");
            int i = 0;
            foreach (JsonElement item in _element.EnumerateArray())
                yield return new JsonPart(item, string.Create(CultureInfo.InvariantCulture, $"{Name}[{i++}]"));
        }

        public string Text() =>
            _element.ValueKind != JsonValueKind.String ? throw Wrong($"is {Kind}. It must be a text")
            : _element.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text
            : throw Wrong("is empty. Fill it in, or leave it out where it is not required");

        public IReadOnlyList<string> Texts() => [.. Items().Select(static item => item.Text())];

        public bool Flag() => _element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong($"is {Kind}. It must be true or false"),
        };

        public decimal Number() =>
            !IsNumber ? throw Wrong($"is {Kind}. It must be a number of USD per million tokens")
            : _element.TryGetDecimal(out decimal number) ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"is {Kind}, which is out of range. It must be from 0 to {PriceRules.MaxUsdPerMillion}"));

        public long Whole() =>
            _element.ValueKind == JsonValueKind.Number && _element.TryGetInt64(out long number)
                ? number
                : throw Wrong($"is {Kind}. It must be a whole number of tokens");

        public DateOnly Date() =>
            DateOnly.TryParseExact(Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
                ? date
                : throw Wrong($"is '{Text()}'. It must be a day such as 2026-08-20");

        public InvalidDataException Wrong(string what) => new($"{Name} {what}.");

        public InvalidDataException Missing(string key) => new($"{Name}{Identity(_element)}: \"{key}\" is missing. Add it.");

        public InvalidDataException Unknown(string key, string known) =>
            new($"{Name}{Identity(_element)}: \"{key}\" is not known. Known are: {known}.");

        private string Kind => _element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text '{_element.GetString()}'",
            JsonValueKind.Number => _element.GetRawText(),
            _ => _element.ValueKind.ToString().ToLowerInvariant(),
        };

        /// <summary>The provider and model of an entry, by which people find it better than by its number.</summary>
        private static string Identity(JsonElement element) =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String
                ? $" ({(element.TryGetProperty("provider", out JsonElement provider) && provider.ValueKind == JsonValueKind.String ? provider.GetString() + "/" : "")}{model.GetString()})"
                : "";
    }
}
