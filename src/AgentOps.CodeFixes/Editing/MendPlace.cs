using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>The place of a diagnostic.</summary>
/// <param name="Source">The file.</param>
/// <param name="Span">The place in it.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Cancellation">Ends the search for mends.</param>
internal sealed record MendPlace(SourceDocument Source, TextSpan Span, string RuleId, CancellationToken Cancellation)
{
    public Solution Solution => Source.Document.Project.Solution;

    public SemanticModel Model => Source.Model;

    public SyntaxNode Node => Source.Root.FindNode(Span, getInnermostNodeForTie: true);

    /// <summary>The method that is called or named at the place.</summary>
    public IMethodSymbol? Method
    {
        get
        {
            SymbolInfo found = Model.GetSymbolInfo(Node, Cancellation);
            return (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        }
    }

    /// <summary>The same place after changes.</summary>
    public async Task<MendPlace?> AfterAsync(EditSet edits, Solution solution, CancellationToken cancellation) =>
        await AtAsync(solution.GetDocument(Source.Id)!, edits.Moved(Source.Id, Span), RuleId, cancellation).ConfigureAwait(false);

    /// <summary>Whether the place, taken from an older text, is still one.</summary>
    public bool IsInText => Span.End <= Source.Text.Length;

    public static async Task<MendPlace?> AtAsync(Document document, TextSpan span, string ruleId, CancellationToken cancellation) =>
        await SourceDocument.OfAsync(document, cancellation).ConfigureAwait(false) is { } source
        && new MendPlace(source, span, ruleId, cancellation) is { IsInText: true } place
            ? place
            : null;
}
