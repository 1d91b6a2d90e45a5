using ResearchAgent.Documents;

namespace ResearchAgent.Offline;

/// <summary>The sentence that a found line belongs to, as far as the page around it was read.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The found line, which the sentence stands in at least in part.</param>
/// <param name="Text">The sentence.</param>
internal sealed record Passage(string File, int Line, string Text)
{
    private const int MaxLinesBack = 3;
    private const int MaxLinesForward = 4;
    private const int MaxLength = 320;
    private const double SharedByRepeats = 0.7;

    public static Passage Around(SearchHit hit, IReadOnlyList<FilePage> pages, IReadOnlyList<SearchTerm> terms)
    {
        FilePage? page = pages.FirstOrDefault(page => page.File == hit.File && Contains(page, hit.Line));
        (string block, int start, int end) = page is null ? Alone(hit) : Block(page, hit.Line - page.StartLine);
        return new Passage(hit.File, hit.Line, Cut(BestSentence(block, start, end, terms)));
    }

    /// <summary>Whether the other one says the same, give or take a few words.</summary>
    public bool Repeats(Passage other)
    {
        HashSet<string> words = Words(Text);
        HashSet<string> others = Words(other.Text);
        int shared = words.Count(others.Contains);
        return shared >= SharedByRepeats * Math.Max(words.Count, others.Count);
    }

    private static HashSet<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool Contains(FilePage page, int line) => line >= page.StartLine && line < page.StartLine + page.Lines.Count;

    private static (string Text, int Start, int End) Alone(SearchHit hit)
    {
        string text = TextLine.Plain(hit.Text);
        return (text, 0, text.Length);
    }

    /// <summary>The paragraph around a line, and where in it the line stands.</summary>
    private static (string Text, int Start, int End) Block(FilePage page, int at)
    {
        IReadOnlyList<string> lines = page.Lines;
        int first = at;
        while (first > 0 && at - first < MaxLinesBack && TextLine.Continues(lines[first - 1], lines[first]))
            first--;
        int last = at;
        while (last + 1 < lines.Count && last - at < MaxLinesForward && TextLine.Continues(lines[last], lines[last + 1]))
            last++;

        string before = string.Concat(lines.Skip(first).Take(at - first).Select(line => TextLine.Plain(line) + " "));
        string line = TextLine.Plain(lines[at]);
        string after = string.Concat(lines.Skip(at + 1).Take(last - at).Select(line => " " + TextLine.Plain(line)));
        return (before + line + after, before.Length, before.Length + line.Length);
    }

    /// <summary>Of the sentences that reach into the line, the one with the most of the terms.</summary>
    private static string BestSentence(string text, int lineStart, int lineEnd, IReadOnlyList<SearchTerm> terms)
    {
        string best = "";
        int most = -1;
        int start = 0;
        while (start < text.Length)
        {
            int end = SentenceEnd(text, start);
            int held = start < lineEnd && end > lineStart ? terms.Count(term => term.IsIn(text.AsSpan(start, end - start))) : -1;
            if (held > most)
            {
                most = held;
                best = text[start..end].Trim();
            }
            start = end;
        }
        return best;
    }

    private static int SentenceEnd(string text, int start)
    {
        for (int i = start; i + 2 < text.Length; i++)
        {
            bool ends = text[i] is '.' or '!' or '?' or ';' && text[i + 1] == ' ';
            if (ends && (text[i] == ';' || !char.IsLower(text[i + 2])))
                return i + 1;
        }
        return text.Length;
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        int end = text.LastIndexOf(' ', MaxLength);
        return text[..(end > 0 ? end : MaxLength)] + " ...";
    }
}
