using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Declarations;

/// <summary>Marks what a method overrides or implements as the method itself is, or removes the mark of the method where that has one of its own.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisagreeingMarksFix)), Shared]
public sealed class DisagreeingMarksFix : MendProvider
{
    /// <summary>What follows the rule's id in the key of the mend that removes a mark.</summary>
    internal const string Remove = ".Remove";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MarksDisagree];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        if (place.Node is not MethodDeclarationSyntax declaration || place.Model.GetDeclaredSymbol(declaration, place.Cancellation) is not { } method
            || Marks.Of(place.Source, method).FirstOrDefault() is not { } mark)
        {
            return [];
        }
        RecordedMethod? own = RecordedMethod.OfDeclaration(method);
        var mends = new List<Mend>();
        foreach (IMethodSymbol origin in CallOrigin.OriginsOf(method).Select(static o => o.OriginalDefinition))
        {
            if (!SymbolEqualityComparer.Default.Equals(origin.ContainingAssembly, method.ContainingAssembly))
                continue;
            if (RecordedMethod.OfDeclaration(origin) is not { } other)
            {
                if (await CopiedAsync(place, mark, origin).ConfigureAwait(false) is { } copied)
                    mends.Add(copied);
            }
            else if (other != own)
            {
                var edits = new EditSet();
                Marks.Remove(edits, place.Source, mark);
                mends.Add(new Mend($"Remove [{mark.Name}]: '{origin.ContainingType.Name}.{origin.Name}' has one", place.RuleId + Remove, edits));
            }
        }
        return mends;
    }

    private static async Task<Mend?> CopiedAsync(MendPlace place, AttributeSyntax mark, IMethodSymbol origin)
    {
        if (origin.DeclaringSyntaxReferences.Length != 1
            || await SourceDocument.OfAsync(place.Solution, origin.DeclaringSyntaxReferences[0].SyntaxTree, place.Cancellation).ConfigureAwait(false) is not { } source
            || source.Root.FindNode(origin.DeclaringSyntaxReferences[0].Span) is not MethodDeclarationSyntax declared
            || place.Model.GetTypeInfo(mark, place.Cancellation).Type is not { } type)
        {
            return null;
        }
        var edits = new EditSet();
        Marks.Add(edits, source, declared, OwnTypes.Attribute(source, declared.SpanStart, type.Name, edits) + mark.ArgumentList);
        edits.Affect(place.Source.Id);
        return new Mend($"Mark '{origin.ContainingType.Name}.{origin.Name}' alike", place.RuleId, edits);
    }
}
