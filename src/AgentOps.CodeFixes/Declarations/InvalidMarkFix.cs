using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>Removes marks from what cannot be recorded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InvalidMarkFix)), Shared]
public sealed class InvalidMarkFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotAnOrdinaryMethod, RuleIds.UnsupportedSignature];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        // A member of an extension block is recorded by newer compilers.
        if (place.Method is not { } method || CalledMethod.IsInExtensionBlock(method))
            return [];
        var edits = new EditSet();
        var names = new List<string>();
        IMethodSymbol? marked = MemberOrigins.Of(method.OriginalDefinition).OfType<IMethodSymbol>().FirstOrDefault(RecordedMethod.IsMarked);
        foreach (AttributeData attribute in marked?.GetAttributes().Where(RecordedMethod.IsMark) ?? [])
        {
            if (attribute.ApplicationSyntaxReference is not { } mark
                || await SourceDocument.OfAsync(place.Solution, mark.SyntaxTree, place.Cancellation).ConfigureAwait(false) is not { } source
                || source.Root.FindNode(mark.Span) is not AttributeSyntax syntax)
            {
                return [];
            }
            Marks.Remove(edits, source, syntax);
            names.Add($"[{syntax.Name}]");
        }
        return [new Mend($"Remove {string.Join(" and ", names)} from '{method.Name}'", place.RuleId, edits)];
    }
}
