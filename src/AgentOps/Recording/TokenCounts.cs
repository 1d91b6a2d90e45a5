using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>
/// Tokens as a provider counts them, from one result or one chunk of a stream. What is not set is unknown, which is not zero.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TokenCounts : IEquatable<TokenCounts>
{
    /// <summary>Input tokens; whether those of caches are among them, the provider's convention says: <see cref="InputExcludesCache"/>.</summary>
    public long? Input { get; set; }

    /// <summary>Output tokens; whether reasoning is among them, the provider's convention says: <see cref="OutputExcludesReasoning"/>.</summary>
    public long? Output { get; set; }

    /// <summary>Input tokens read from a cache.</summary>
    public long? CacheRead { get; set; }

    /// <summary>Input tokens written to a cache for about five minutes.</summary>
    public long? CacheWrite { get; set; }

    /// <summary>Input tokens written to a cache for an hour; not in <see cref="CacheWrite"/>.</summary>
    public long? CacheWrite1Hour { get; set; }

    /// <summary>Output tokens spent on reasoning.</summary>
    public long? Reasoning { get; set; }

    /// <summary>Input tokens that are sound.</summary>
    public long? AudioInput { get; set; }

    /// <summary>Output tokens that are sound.</summary>
    public long? AudioOutput { get; set; }

    /// <summary>Whether <see cref="Input"/> counts what comes from no cache and goes to none, as Anthropic does.</summary>
    public bool InputExcludesCache { get; set; }

    /// <summary>Whether <see cref="Output"/> leaves reasoning out, as Google does.</summary>
    public bool OutputExcludesReasoning { get; set; }

    /// <summary>No call uses more tokens of a kind: a count above is a slip, as a negative one is.</summary>
    internal const long MaxTokens = 1_000_000_000;

    internal static bool IsSane(long count) => count is >= 0 and <= MaxTokens;

    internal readonly bool IsEmpty =>
        (Input ?? Output ?? CacheRead ?? CacheWrite ?? CacheWrite1Hour ?? Reasoning ?? AudioInput ?? AudioOutput) is null;

    /// <summary>These counts, and where they say nothing the earlier ones.</summary>
    internal readonly TokenCounts Over(in TokenCounts earlier) => Combine(earlier, static (now, before) => now ?? before);

    /// <summary>These counts and the earlier ones together.</summary>
    internal readonly TokenCounts Plus(in TokenCounts earlier) => Combine(earlier, static (now, before) => (now, before) switch
    {
        (null, _) => before,
        (_, null) => now,
        ({ } a, { } b) => Sum(a, b),
    });

    /// <summary>The same tokens with every part inside its whole: caches in the input, reasoning in the output.</summary>
    internal readonly TokenCounts Inclusive()
    {
        TokenCounts inclusive = this;
        if (InputExcludesCache && Input is { } input)
            inclusive.Input = Sum(Sum(Sum(input, CacheRead ?? 0), CacheWrite ?? 0), CacheWrite1Hour ?? 0);
        if (OutputExcludesReasoning && Output is { } output)
            inclusive.Output = Sum(output, Reasoning ?? 0);
        inclusive.InputExcludesCache = false;
        inclusive.OutputExcludesReasoning = false;
        return inclusive;
    }

    /// <summary>A sum of which a part is absurd is that part, so that it is dropped where it is written and not hidden in a sum.</summary>
    internal static long Sum(long a, long b) => !IsSane(a) ? a : !IsSane(b) ? b : a + b;

    private readonly TokenCounts Combine(in TokenCounts earlier, Func<long?, long?, long?> combine) => new()
    {
        Input = combine(Input, earlier.Input),
        Output = combine(Output, earlier.Output),
        CacheRead = combine(CacheRead, earlier.CacheRead),
        CacheWrite = combine(CacheWrite, earlier.CacheWrite),
        CacheWrite1Hour = combine(CacheWrite1Hour, earlier.CacheWrite1Hour),
        Reasoning = combine(Reasoning, earlier.Reasoning),
        AudioInput = combine(AudioInput, earlier.AudioInput),
        AudioOutput = combine(AudioOutput, earlier.AudioOutput),
        InputExcludesCache = InputExcludesCache || earlier.InputExcludesCache,
        OutputExcludesReasoning = OutputExcludesReasoning || earlier.OutputExcludesReasoning,
    };

    /// <inheritdoc/>
    public readonly bool Equals(TokenCounts other) =>
        (Input, Output, CacheRead, CacheWrite, CacheWrite1Hour, Reasoning, AudioInput, AudioOutput, InputExcludesCache, OutputExcludesReasoning)
        == (other.Input, other.Output, other.CacheRead, other.CacheWrite, other.CacheWrite1Hour, other.Reasoning, other.AudioInput, other.AudioOutput,
            other.InputExcludesCache, other.OutputExcludesReasoning);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is TokenCounts other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Input, Output, CacheRead, CacheWrite, CacheWrite1Hour, Reasoning);

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(TokenCounts left, TokenCounts right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(TokenCounts left, TokenCounts right) => !left.Equals(right);
}
