namespace AgentOps.Pricing;

/// <summary>What tokens cost, in USD per million tokens, by what they were used for. Immutable.</summary>
/// <remarks>A rate that is <see langword="null"/> is not published on its own; each says which other one is billed instead.</remarks>
public sealed record TokenRates
{
    /// <summary>Input tokens that come from no cache and go to none. Not negative.</summary>
    public required decimal Input { get; init; }

    /// <summary>Output tokens. Not negative.</summary>
    public required decimal Output { get; init; }

    /// <summary>Input tokens read from a cache; else <see cref="Input"/>.</summary>
    public decimal? CacheRead { get; init; }

    /// <summary>Input tokens written to a cache that keeps them for about five minutes; else <see cref="Input"/>.</summary>
    public decimal? CacheWrite5Minutes { get; init; }

    /// <summary>Input tokens written to a cache that keeps them for an hour; else <see cref="CacheWrite5Minutes"/>.</summary>
    public decimal? CacheWrite1Hour { get; init; }

    /// <summary>Output tokens spent on reasoning; else <see cref="Output"/>.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Input tokens that are sound; else <see cref="Input"/>.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>Output tokens that are sound; else <see cref="Output"/>.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>Whether nothing costs anything.</summary>
    public bool IsFree =>
        Input == 0 && Output == 0 && (CacheRead ?? 0) == 0 && (CacheWrite5Minutes ?? 0) == 0 && (CacheWrite1Hour ?? 0) == 0
        && (Reasoning ?? 0) == 0 && (AudioInput ?? 0) == 0 && (AudioOutput ?? 0) == 0;

    internal TokenRates Times(decimal factor) => new()
    {
        Input = Input * factor,
        Output = Output * factor,
        CacheRead = CacheRead * factor,
        CacheWrite5Minutes = CacheWrite5Minutes * factor,
        CacheWrite1Hour = CacheWrite1Hour * factor,
        Reasoning = Reasoning * factor,
        AudioInput = AudioInput * factor,
        AudioOutput = AudioOutput * factor,
    };

    internal IEnumerable<(string Name, decimal? Rate)> Named =>
    [
        (nameof(Input), Input), (nameof(Output), Output), (nameof(CacheRead), CacheRead),
        (nameof(CacheWrite5Minutes), CacheWrite5Minutes), (nameof(CacheWrite1Hour), CacheWrite1Hour),
        (nameof(Reasoning), Reasoning), (nameof(AudioInput), AudioInput), (nameof(AudioOutput), AudioOutput),
    ];
}
