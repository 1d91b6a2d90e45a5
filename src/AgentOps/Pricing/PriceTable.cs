using System.Collections.Concurrent;
using AgentOps.Events;

namespace AgentOps.Pricing;

/// <summary>
/// Prices of models, and the arithmetic of what a call cost. The built-in table is data that comes with the package; prices of
/// your own, from a file or from code, go before it. Immutable and thread-safe.
/// </summary>
public sealed class PriceTable
{
    /// <summary>Names that were looked up are kept, up to this many: whoever sends made-up names must not fill the memory.</summary>
    private const int MaxRemembered = 4096;

    private const string EnvironmentVariable = "AGENTOPS_PRICES";

    private static readonly Lazy<PriceTable> s_builtIn = new(static () => PriceTableReader.ReadBuiltIn());

    private static PriceTable? s_default;

    private readonly PriceLayers _layers;
    private readonly ConcurrentDictionary<(string? Provider, string Model, DateOnly Day), PriceMatch> _remembered = new();

    internal PriceTable(PriceLayers layers)
    {
        _layers = layers;
    }

    /// <summary>
    /// The table that calls are priced with where no other is given. At first the built-in one, before which go the prices of the file that the
    /// environment variable <c>AGENTOPS_PRICES</c> names, if it is set. What is wrong with that file is said each time the table is asked for, until
    /// the file is mended or another table is set.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    /// <exception cref="InvalidDataException">The file is no price file; the message names the variable, the file, the entry and the mend.</exception>
    /// <exception cref="FileNotFoundException">There is no such file; the message names the variable.</exception>
    /// <exception cref="IOException">The file cannot be read; the message names the variable.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder; the message names the variable.</exception>
    public static PriceTable Default
    {
        get => s_default ?? Interlocked.CompareExchange(ref s_default, OfEnvironment(Environment.GetEnvironmentVariable(EnvironmentVariable)), null) ?? s_default;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            s_default = value;
        }
    }

    /// <summary>The table that comes with this version of the package. Read when it is first asked for.</summary>
    public static PriceTable BuiltIn => s_builtIn.Value;

    /// <summary>The version of the table, its own prices first: <c>mine-3+2026-08-20</c>.</summary>
    public string Version => _layers.Version;

    /// <summary>All prices, those that count first.</summary>
    public IReadOnlyList<ModelPrice> Prices => [.. _layers.Prices];

    /// <summary>Reads a price file, whose format <c>docs/prices.md</c> gives. It stands alone: see <see cref="With(PriceTable)"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is no price file; the message names the file, the entry and the mend.</exception>
    public static PriceTable Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PriceTableReader.Read(File.ReadAllBytes(path), $"'{path}'");
    }

    /// <summary>Reads prices from JSON, in the format of <see cref="Load"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidDataException">It is no price table; the message names the entry and the mend.</exception>
    public static PriceTable Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PriceTableReader.Read(System.Text.Encoding.UTF8.GetBytes(json), "The price table");
    }

    /// <summary>A table in which the prices of another one go before those of this one. Providers that either names are known to both.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="overrides"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">
    /// A model stands twice in one of them, under two names that the other one gives the same provider; the message names both.
    /// </exception>
    public PriceTable With(PriceTable overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        return new PriceTable(Below(overrides._layers, nameof(overrides)));
    }

    /// <summary>A table in which the given prices go before those of this one.</summary>
    /// <param name="version">What to call them where a cost says which prices it came from.</param>
    /// <param name="prices">The prices.</param>
    /// <exception cref="ArgumentException">
    /// The version is empty, a price is negative, or a model stands twice; the message names it.
    /// </exception>
    public PriceTable With(string version, params IEnumerable<ModelPrice> prices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentNullException.ThrowIfNull(prices);
        ModelPrice[] entries = [.. prices];
        if (PriceRules.Violation(entries, ProviderNames.None) is { } violation)
            throw new ArgumentException(violation, nameof(prices));
        return new PriceTable(Below(PriceLayers.Of(version, entries, ProviderNames.None), nameof(prices)));
    }

    /// <summary>The price of a model.</summary>
    /// <param name="provider">
    /// Who serves it; <see langword="null"/>, or a name that the table does not know, finds a model that is listed by its maker, or
    /// at one price only.
    /// </param>
    /// <param name="model">The model. A prefix that names the provider (<c>openai/gpt-5</c>) or a region (<c>us.</c>) may stand before it.</param>
    /// <param name="on">The day, in UTC, for which the price is wanted; <see langword="null"/> for today.</param>
    /// <returns><see langword="null"/> if no price is known.</returns>
    public ModelPrice? Find(string? provider, string? model, DateOnly? on = null) => Match(provider, model, on).Price;

    /// <summary>What a call cost.</summary>
    /// <param name="usage">The tokens that it used; <see langword="null"/> if unknown.</param>
    /// <param name="provider">Who served it.</param>
    /// <param name="model">The model that answered.</param>
    /// <param name="serviceTier">The service tier that served it; <see langword="null"/> for the ordinary one.</param>
    /// <param name="at">When the call was made; <see langword="null"/> for today's price.</param>
    /// <remarks>Exact: decimal arithmetic without rounding.</remarks>
    public Cost CostOf(TokenUsage? usage, string? provider, string? model, string? serviceTier = null, DateTimeOffset? at = null)
    {
        PriceMatch match = Match(provider, model, at is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null);
        if (match.Price is not { } price)
            return new Cost(null, usage is null ? CostReason.UnknownUsage : CostReason.UnknownModel);
        Cost cost = CostCalculator.CostOf(usage, price, serviceTier);
        return cost.IsKnown ? cost with { PriceTable = match.Version } : cost;
    }

    /// <summary>What a call cost: what the provider reported, else by its tokens at the price of the day.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="call"/> is <see langword="null"/>.</exception>
    public Cost CostOf(LlmEvent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.ReportedCost switch
        {
            null => CostOf(call.Usage, call.Provider, call.Model, call.ServiceTier, call.Start),
            { } reported when CostCalculator.IsSane(reported) => new Cost(reported, CostReason.Reported),
            _ => new Cost(null, CostReason.UnknownUsage),
        };
    }

    /// <summary>The built-in table, behind the file at a path if there is one.</summary>
    internal static PriceTable OfEnvironment(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return BuiltIn;
        try
        {
            PriceLayers all = BuiltIn._layers.Below(Load(path)._layers);
            return all.Violation() is { } violation ? throw new InvalidDataException(violation) : new PriceTable(all);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(Blaming(e), e);
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException(Blaming(e), e.FileName, e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new DirectoryNotFoundException(Blaming(e), e);
        }
        catch (IOException e)
        {
            throw new IOException(Blaming(e), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(Blaming(e), e);
        }

        // Whoever runs the program may not know that the variable is set.
        string Blaming(Exception e) => $"{EnvironmentVariable} names '{path}': {e.Message.TrimEnd('.')}; correct the file or unset the variable.";
    }

    /// <summary>How many names are remembered.</summary>
    internal int RememberedCount => _remembered.Count;

    private PriceLayers Below(PriceLayers above, string parameter)
    {
        PriceLayers all = _layers.Below(above);
        return all.Violation() is { } violation ? throw new ArgumentException(violation, parameter) : all;
    }

    /// <summary>The entry with the table that it stands in.</summary>
    internal PriceMatch Match(string? provider, string? model, DateOnly? on)
    {
        if (string.IsNullOrWhiteSpace(model))
            return PriceMatch.None;
        DateOnly day = on ?? DateOnly.FromDateTime(DateTime.UtcNow);
        if (_remembered.TryGetValue((provider, model, day), out PriceMatch? match))
            return match;
        match = _layers.Match(provider, model, day);
        if (_remembered.Count >= MaxRemembered)
            _remembered.Clear();
        _remembered[(provider, model, day)] = match;
        return match;
    }
}
