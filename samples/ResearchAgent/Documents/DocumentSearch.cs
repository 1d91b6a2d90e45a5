namespace ResearchAgent.Documents;

/// <summary>Ranks the lines of a library by how many of the wanted words they and their neighbours hold, rare words first.</summary>
internal sealed class DocumentSearch(DocumentLibrary library)
{
    private const int MaxHitsPerFile = 3;
    private const int MaxTextLength = 300;
    private const int ShortLine = 24;
    private const int LongLine = 160;
    private const double NeighbourWeight = 0.4;
    private const double ProseWeight = 1.5;
    private const double CodeWeight = 0.6;
    private const double ShortLineWeight = 0.6;

    public IReadOnlyList<SearchHit> Find(string query, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<SearchTerm> terms = SearchTerm.In(query);
        List<Match> matches = MatchLines(terms, cancellationToken);
        double[] rarity = RarityOf(terms, matches);
        return
        [
            .. matches
                .Select(match => (match, score: Score(match, rarity)))
                .GroupBy(scored => scored.match.Document)
                .SelectMany(file => file.OrderByDescending(scored => scored.score).Take(MaxHitsPerFile))
                .OrderByDescending(scored => scored.score)
                .ThenBy(scored => scored.match.Document.Path, StringComparer.Ordinal)
                .ThenBy(scored => scored.match.Line)
                .Take(limit)
                .Select(scored => ToHit(scored.match, scored.score)),
        ];
    }

    /// <summary>A line with at least one of the terms; the terms of a line are the bits of a mask.</summary>
    private readonly record struct Match(Document Document, int Line, ulong Terms, ulong NeighbourTerms)
    {
        public string Text => Document.Lines[Line - 1];
    }

    private List<Match> MatchLines(IReadOnlyList<SearchTerm> terms, CancellationToken cancellationToken)
    {
        var matches = new List<Match>();
        foreach (Document document in library.Documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong[] masks = [.. document.Lines.Select(line => TermsIn(line, terms))];
            for (int i = 0; i < masks.Length; i++)
            {
                if (masks[i] == 0)
                    continue;
                ulong around = (i > 0 ? masks[i - 1] : 0) | (i + 1 < masks.Length ? masks[i + 1] : 0);
                matches.Add(new Match(document, i + 1, masks[i], around & ~masks[i]));
            }
        }
        return matches;
    }

    private static ulong TermsIn(string line, IReadOnlyList<SearchTerm> terms)
    {
        ulong found = 0;
        for (int i = 0; i < Math.Min(terms.Count, 64); i++)
        {
            if (terms[i].IsIn(line))
                found |= 1UL << i;
        }
        return found;
    }

    private static double[] RarityOf(IReadOnlyList<SearchTerm> terms, List<Match> matches)
    {
        var rarity = new double[Math.Min(terms.Count, 64)];
        for (int i = 0; i < rarity.Length; i++)
        {
            int lines = matches.Count(match => (match.Terms & (1UL << i)) != 0);
            rarity[i] = Math.Log(1 + (matches.Count / (double)Math.Max(lines, 1)));
        }
        return rarity;
    }

    private static double Score(Match match, double[] rarity)
    {
        double score = Sum(match.Terms, rarity) + (NeighbourWeight * Sum(match.NeighbourTerms, rarity));
        string text = match.Text.Trim();
        if (TextLine.IsProse(match.Document.Path))
            score *= ProseWeight;
        else if (!TextLine.IsForReaders(match.Document.Path, text))
            score *= CodeWeight;
        if (text.Length < ShortLine || text.StartsWith('#'))
            return score * ShortLineWeight;
        // A line of a thousand characters holds many words by chance.
        return text.Length > LongLine ? score * Math.Sqrt((double)LongLine / text.Length) : score;
    }

    private static double Sum(ulong terms, double[] rarity)
    {
        double sum = 0;
        for (int i = 0; i < rarity.Length; i++)
        {
            if ((terms & (1UL << i)) != 0)
                sum += rarity[i];
        }
        return sum;
    }

    private static SearchHit ToHit(Match match, double score)
    {
        string text = match.Text.Trim();
        return new SearchHit(
            match.Document.Path, match.Line, text.Length > MaxTextLength ? text[..MaxTextLength] : text, Math.Round(score, 2));
    }
}
