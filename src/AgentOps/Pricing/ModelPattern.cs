namespace AgentOps.Pricing;

/// <summary>A name with wildcards: <c>*</c> is any run of characters, <c>#</c> a digit. Case does not matter.</summary>
internal sealed class ModelPattern(string text)
{
    public string Text { get; } = text;

    /// <summary>Literal characters count most, digits less, runs of anything nothing.</summary>
    public int Specificity { get; } = text.Sum(static c => c switch { '*' => 0, '#' => 1, _ => 2 });

    /// <summary>Whether it says nothing of the name.</summary>
    public bool MatchesAnything { get; } = text.All(static c => c == '*');

    public static bool IsPattern(string text) => text.AsSpan().IndexOfAny('*', '#') >= 0;

    public bool Matches(ReadOnlySpan<char> name)
    {
        // The usual greedy match: on a mismatch the last star takes one character more. No recursion, so no name makes it slow
        // beyond length times length.
        ReadOnlySpan<char> pattern = Text;
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && IsMatch(pattern[p], name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }
        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool IsMatch(char pattern, char c) =>
        pattern == '#' ? char.IsAsciiDigit(c) : char.ToLowerInvariant(pattern) == char.ToLowerInvariant(c);
}
