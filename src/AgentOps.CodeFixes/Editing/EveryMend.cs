using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>
/// Makes a mend at every place. Those that do not touch each other are made together; the others follow in the code that these
/// leave behind, since two that are right each may not be both: only what compiles is taken.
/// </summary>
internal sealed class EveryMend : FixAllProvider
{
    public static readonly EveryMend Instance = new();

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        if (context.CodeFixProvider is not MendProvider provider || context.CodeActionEquivalenceKey is not { } key)
            return null;
        ImmutableArray<Diagnostic> diagnostics = await DiagnosticsOfAsync(context).ConfigureAwait(false);
        List<Open> open = [.. diagnostics
            .Where(static d => d.Location.IsInSource)
            .Select(d => new Open(context.Solution.GetDocumentId(d.Location.SourceTree)!, d.Location.SourceSpan, d.Id))
            .Where(static o => o.Document is not null)
            .Distinct()];
        if (open.Count == 0)
            return null;
        return CodeAction.Create(TitleOf(context), cancellation => MendAsync(provider, key, context.Solution, open, cancellation), key);
    }

    private static async Task<Solution> MendAsync(MendProvider provider, string key, Solution solution, List<Open> open, CancellationToken cancellation)
    {
        while (open.Count > 0)
        {
            EditSet? first = null;
            var together = new EditSet();
            var later = new List<Open>();
            var added = new List<Open>();
            foreach (Open place in open)
            {
                if (await FindAsync(provider, key, solution, place, cancellation).ConfigureAwait(false) is not { } mend)
                    continue;
                first ??= mend.Edits;
                if (together.TryAdd(mend.Edits))
                    added.Add(place);
                else
                    later.Add(place);
            }
            if (first is null)
                return solution;
            Solution mended = await together.ApplyToAsync(solution, cancellation).ConfigureAwait(false);
            if (!await CompileCheck.HoldsAsync(solution, mended, together, cancellation).ConfigureAwait(false))
            {
                together = first;
                mended = await first.ApplyToAsync(solution, cancellation).ConfigureAwait(false);
                later = [.. added.Skip(1), .. later];
            }
            open = [.. later.Select(place => place with { Span = together.Moved(place.Document, place.Span) })];
            solution = mended;
        }
        return solution;
    }

    /// <summary>The mend of a place, which compiles for itself.</summary>
    private static async Task<Mend?> FindAsync(MendProvider provider, string key, Solution solution, Open open, CancellationToken cancellation)
    {
        if (solution.GetDocument(open.Document) is not { } document || await MendPlace.AtAsync(document, open.Span, open.RuleId, cancellation).ConfigureAwait(false) is not { } place)
            return null;
        foreach (Mend mend in await provider.FindForAllAsync(place).ConfigureAwait(false))
        {
            if (mend.Key == key && await mend.TryApplyAsync(solution, cancellation).ConfigureAwait(false) is not null)
                return mend;
        }
        return null;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsOfAsync(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                ImmutableArray<Diagnostic>.Builder all = ImmutableArray.CreateBuilder<Diagnostic>();
                foreach (Project project in context.Solution.Projects.Where(static p => p.Language == LanguageNames.CSharp))
                    all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                return all.ToImmutable();
            default:
                return [];
        }
    }

    private static string TitleOf(FixAllContext context) => context.Scope switch
    {
        FixAllScope.Document => $"Mend all '{string.Join(", ", context.DiagnosticIds)}' in the document",
        FixAllScope.Project => $"Mend all '{string.Join(", ", context.DiagnosticIds)}' in the project",
        _ => $"Mend all '{string.Join(", ", context.DiagnosticIds)}' in the solution",
    };

    /// <summary>A place that is still to be mended.</summary>
    private sealed record Open(DocumentId Document, TextSpan Span, string RuleId);
}
