namespace AgentOps.Tool;

/// <summary>What somebody may have meant.</summary>
internal static class Suggestions
{
    private const int Most = 3;

    /// <summary>The candidates that are most like what was typed, the nearest first; those that nobody would take for it are left out.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> candidates) =>
    [
        .. candidates.Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (candidate, Score: ScoreOf(typed, candidate)))
            .Where(scored => scored.Score <= Math.Max(2, typed.Length / 3))
            .OrderBy(static scored => scored.Score).ThenBy(static scored => scored.candidate, StringComparer.Ordinal)
            .Take(Most)
            .Select(static scored => scored.candidate),
    ];

    private static int ScoreOf(string typed, string candidate) =>
        typed.Length >= 3 && candidate.Contains(typed, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(typed.ToUpperInvariant(), candidate.ToUpperInvariant());

    /// <summary>Letters to change, add or leave out.</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        // What nobody types by hand need not be compared.
        if (a.Length > 100 || b.Length > 100)
            return int.MaxValue;
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
