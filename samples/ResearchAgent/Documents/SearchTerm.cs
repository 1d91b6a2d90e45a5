namespace ResearchAgent.Documents;

/// <summary>A word to look for, in whatever form it stands: <c>survive</c> finds <c>survives</c> and <c>surviving</c>.</summary>
internal sealed record SearchTerm
{
    private const int MinStem = 3;
    private const int MaxEnding = 4;

    /// <summary>Longest first, so that <c>-ers</c> is not taken for <c>-s</c>.</summary>
    private static readonly string[] s_endings =
        ["ings", "ions", "ing", "ion", "ers", "ors", "ies", "ed", "es", "er", "or", "ly", "e", "s", "y"];

    /// <summary>Words of questions that say nothing about the subject.</summary>
    private static readonly HashSet<string> s_commonWords = new(
        """
        a about after all also an and any are as at be because been before but by can could do does did each every for from had has have
        having how i if in into is it its just like made make makes many may me might more most much must my no not of on one only or other our
        out over please same shall she should so some such tell than that the their them then there these they this those through to too under
        up use used uses using very was we were what when where which while who whom whose why will with would you your explain describe find happen happens
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    private SearchTerm(string word, string stem)
    {
        Word = word;
        Stem = stem;
    }

    /// <summary>The word as it was given, in lower case.</summary>
    public string Word { get; }

    /// <summary>What all its forms begin with.</summary>
    public string Stem { get; }

    /// <summary>The terms of a text in their order, each once, common words left out.</summary>
    public static IReadOnlyList<SearchTerm> In(string text)
    {
        var terms = new List<SearchTerm>();
        foreach (string word in Words(text))
        {
            string lower = word.ToLowerInvariant();
            if (lower.Length < 2 || s_commonWords.Contains(lower))
                continue;
            string stem = StemOf(lower);
            if (!terms.Exists(known => known.Stem == stem))
                terms.Add(new SearchTerm(lower, stem));
        }
        return terms;
    }

    /// <summary>Whether a form of the word stands in the text; parts of <c>camelCaseNames</c> are words of their own.</summary>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        int from = 0;
        while (from < text.Length)
        {
            int found = text[from..].IndexOf(Stem, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            int start = from + found;
            if (BeginsWord(text, start) && EndsSoon(text[(start + Stem.Length)..]))
                return true;
            from = start + 1;
        }
        return false;
    }

    private static IEnumerable<string> Words(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0)
                start = i;
            if (!inside && start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
        }
    }

    private static string StemOf(string word)
    {
        foreach (string ending in s_endings)
        {
            bool leavesEnough = word.Length - ending.Length >= MinStem;
            if (leavesEnough && word.EndsWith(ending, StringComparison.Ordinal) && !word.EndsWith("ss", StringComparison.Ordinal))
                return word[..^ending.Length];
        }
        return word;
    }

    private static bool BeginsWord(ReadOnlySpan<char> text, int start) =>
        start == 0 || !char.IsLetterOrDigit(text[start - 1]) || (char.IsUpper(text[start]) && char.IsLower(text[start - 1]));

    /// <summary>What follows a stem within its word must be short, or <c>lamp</c> would find <c>lamplighter</c>.</summary>
    private static bool EndsSoon(ReadOnlySpan<char> rest)
    {
        int letters = 0;
        while (letters < rest.Length && char.IsLower(rest[letters]))
            letters++;
        return letters <= MaxEnding;
    }
}
