using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.CodeFixes.Editing;

/// <summary>Opens declarations to the assembly that they stand in.</summary>
internal static class AccessModifiers
{
    /// <summary>Makes a declaration accessible in its assembly, and to no other that could not access it before.</summary>
    /// <returns>Whether all of its parts could be changed.</returns>
    public static async Task<bool> TryOpenAsync(EditSet edits, Solution solution, ISymbol symbol, CancellationToken cancellation)
    {
        (SourceDocument Source, MemberDeclarationSyntax Declaration)[] parts = [.. await PartsOfAsync(solution, symbol, cancellation).ConfigureAwait(false)];
        if (parts.Length == 0 || parts.Length != symbol.DeclaringSyntaxReferences.Length + (symbol is IMethodSymbol { PartialDefinitionPart: not null } or IMethodSymbol { PartialImplementationPart: not null } ? 1 : 0))
            return false;
        string wanted = symbol.DeclaredAccessibility == Accessibility.Protected ? "protected internal" : "internal";
        bool areNamed = parts.Any(static part => part.Declaration.Modifiers.Any(IsAccess));
        foreach ((SourceDocument source, MemberDeclarationSyntax declaration) in parts)
        {
            SyntaxToken[] present = [.. declaration.Modifiers.Where(IsAccess)];
            if (present.Length > 0)
            {
                edits.Replace(source, present[0].Span, wanted);
                foreach (SyntaxToken more in present.Skip(1))
                    edits.Delete(source, TextSpan.FromBounds(more.SpanStart, more.GetNextToken().SpanStart));
            }
            else if (!areNamed)
            {
                int position = declaration.AttributeLists.Count > 0 ? declaration.AttributeLists.Last().GetLastToken().GetNextToken().SpanStart : declaration.SpanStart;
                edits.Insert(source, position, wanted + " ");
            }
        }
        edits.ChangesDeclarations = true;
        return true;
    }

    private static async Task<IEnumerable<(SourceDocument, MemberDeclarationSyntax)>> PartsOfAsync(Solution solution, ISymbol symbol, CancellationToken cancellation)
    {
        var parts = new List<(SourceDocument, MemberDeclarationSyntax)>();
        IEnumerable<SyntaxReference> places = symbol.DeclaringSyntaxReferences;
        if (symbol is IMethodSymbol { PartialDefinitionPart: { } definition })
            places = places.Concat(definition.DeclaringSyntaxReferences);
        if (symbol is IMethodSymbol { PartialImplementationPart: { } implementation })
            places = places.Concat(implementation.DeclaringSyntaxReferences);
        foreach (SyntaxReference place in places)
        {
            if (await SourceDocument.OfAsync(solution, place.SyntaxTree, cancellation).ConfigureAwait(false) is { } source
                && source.Root.FindNode(place.Span) is MemberDeclarationSyntax declaration)
            {
                parts.Add((source, declaration));
            }
        }
        return parts;
    }

    private static bool IsAccess(SyntaxToken modifier) => SyntaxFacts.IsAccessibilityModifier(modifier.Kind()) || modifier.IsKind(SyntaxKind.FileKeyword);
}
