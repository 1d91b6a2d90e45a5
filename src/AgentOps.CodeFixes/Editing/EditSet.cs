using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>
/// Changes of texts. What is not changed stays as it was written, comments, blank lines and line ends included. Edits that several
/// mends have in common, such as an import, are made once.
/// </summary>
internal sealed class EditSet
{
    private readonly Dictionary<DocumentId, List<TextChange>> _changes = [];
    private readonly HashSet<DocumentId> _affected = [];

    public bool IsEmpty => _changes.Count == 0;

    /// <summary>Whether what other files see may be another than before.</summary>
    public bool ChangesDeclarations { get; set; }

    /// <summary>The files that are changed, and those that may be wrong because of it.</summary>
    public IEnumerable<DocumentId> Affected => _affected;

    public void Insert(SourceDocument source, int position, string text) => Replace(source, new TextSpan(position, 0), text);

    public void Delete(SourceDocument source, TextSpan span) => Replace(source, span, "");

    public void Replace(SourceDocument source, TextSpan span, string text) => Add(source.Id, new TextChange(span, text));

    /// <summary>Has a file looked at that is not changed itself.</summary>
    public void Affect(DocumentId document) => _affected.Add(document);

    /// <summary>Takes another's changes as well, if none of them is at odds with those that are here.</summary>
    public bool TryAdd(EditSet other)
    {
        foreach (KeyValuePair<DocumentId, List<TextChange>> added in other._changes)
        {
            if (_changes.TryGetValue(added.Key, out List<TextChange>? own) && (AreAtOdds(own, added.Value) || added.Value.Exists(change => own.Exists(made => AreAtOdds(made, change)))))
                return false;
        }
        foreach (KeyValuePair<DocumentId, List<TextChange>> added in other._changes)
        {
            foreach (TextChange change in added.Value)
                Add(added.Key, change);
        }
        _affected.UnionWith(other._affected);
        ChangesDeclarations |= other.ChangesDeclarations;
        return true;
    }

    public async Task<Solution> ApplyToAsync(Solution solution, CancellationToken cancellation)
    {
        foreach (KeyValuePair<DocumentId, List<TextChange>> changed in _changes)
        {
            SourceText text = await solution.GetDocument(changed.Key)!.GetTextAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentText(changed.Key, text.WithChanges(InOrder(changed.Value)));
        }
        return solution;
    }

    /// <summary>Where a place is after the changes.</summary>
    public TextSpan Moved(DocumentId document, TextSpan span)
    {
        if (!_changes.TryGetValue(document, out List<TextChange>? changes))
            return span;
        int start = span.Start, length = span.Length;
        foreach (TextChange change in changes)
        {
            int growth = change.NewText!.Length - change.Span.Length;
            if (change.Span.End <= span.Start)
                start += growth;
            else if (change.Span.Start < span.End)
                length = Math.Max(0, length + growth);
        }
        return new TextSpan(start, length);
    }

    private void Add(DocumentId document, TextChange change)
    {
        _affected.Add(document);
        if (!_changes.TryGetValue(document, out List<TextChange>? changes))
            _changes.Add(document, changes = []);
        if (!changes.Contains(change))
            changes.Add(change);
    }

    /// <summary>What is inserted at one place comes in the order in which it was added, and before what is replaced there.</summary>
    private static IEnumerable<TextChange> InOrder(List<TextChange> changes) =>
        changes.OrderBy(static c => c.Span.Start).ThenBy(static c => c.Span.Length > 0)
            .GroupBy(static c => c.Span).Select(static same => same.Count() == 1 ? same.First() : new TextChange(same.Key, string.Concat(same.Select(static c => c.NewText))));

    /// <summary>Whether both insert at one place, and neither no more than the other does: which comes first is nobody's to say.</summary>
    private static bool AreAtOdds(List<TextChange> made, List<TextChange> added)
    {
        foreach (IGrouping<int, TextChange> place in added.Where(static c => c.Span.IsEmpty).GroupBy(static c => c.Span.Start))
        {
            TextChange[] there = [.. made.Where(c => c.Span.IsEmpty && c.Span.Start == place.Key)];
            if (there.Except(place).Any() && place.Except(there).Any())
                return true;
        }
        return false;
    }

    private static bool AreAtOdds(TextChange made, TextChange added) =>
        !made.Equals(added) && !(made.Span.IsEmpty && added.Span.IsEmpty) && made.Span.Start < added.Span.End && added.Span.Start < made.Span.End;
}
