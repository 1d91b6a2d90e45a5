using Microsoft.CodeAnalysis;

namespace AgentOps.CodeFixes.Editing;

/// <summary>Whether code compiles after a change as well as it did before.</summary>
internal static class CompileCheck
{
    public static async Task<bool> HoldsAsync(Solution before, Solution after, EditSet edits, CancellationToken cancellation)
    {
        foreach (DocumentId document in edits.Affected)
        {
            if (HasMore(await OfFileAsync(before, document, cancellation).ConfigureAwait(false), await OfFileAsync(after, document, cancellation).ConfigureAwait(false)))
                return false;
        }
        if (!edits.ChangesDeclarations)
            return true;
        foreach (ProjectId project in edits.Affected.Select(static d => d.ProjectId).Distinct())
        {
            IEnumerable<ProjectId> seeing = before.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project);
            foreach (ProjectId one in seeing.Prepend(project))
            {
                if (HasMore(await OfDeclarationsAsync(before, one, cancellation).ConfigureAwait(false), await OfDeclarationsAsync(after, one, cancellation).ConfigureAwait(false)))
                    return false;
            }
        }
        return true;
    }

    private static async Task<Diagnostic[]> OfFileAsync(Solution solution, DocumentId document, CancellationToken cancellation) =>
        await solution.GetDocument(document)!.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? [.. model.GetDiagnostics(null, cancellation).Where(static d => d.Severity == DiagnosticSeverity.Error)]
            : [];

    /// <summary>Generated files are those of the code as it was, until they are generated anew.</summary>
    private static async Task<Diagnostic[]> OfDeclarationsAsync(Solution solution, ProjectId id, CancellationToken cancellation)
    {
        Project project = solution.GetProject(id)!;
        return await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is { } compilation
            ? [.. compilation.GetDeclarationDiagnostics(cancellation).Where(d =>
                d.Severity == DiagnosticSeverity.Error && d.Location.SourceTree is { } tree && project.GetDocument(tree) is not (null or SourceGeneratedDocument))]
            : [];
    }

    private static bool HasMore(Diagnostic[] before, Diagnostic[] after)
    {
        var counts = before.GroupBy(static d => d.Id, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        return after.GroupBy(static d => d.Id, StringComparer.Ordinal).Any(group => !counts.TryGetValue(group.Key, out int known) || group.Count() > known);
    }
}
