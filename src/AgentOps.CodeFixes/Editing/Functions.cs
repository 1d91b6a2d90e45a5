using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Editing;

/// <summary>The function that code runs in: the innermost lambda, local function or member, or the file's top level.</summary>
internal static class Functions
{
    /// <summary>The function around a node; the compilation unit for statements at the top level.</summary>
    public static SyntaxNode? Around(SyntaxNode node)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                    or PropertyDeclarationSyntax or IndexerDeclarationSyntax or BaseFieldDeclarationSyntax or BaseTypeDeclarationSyntax or AttributeSyntax:
                    return around;
                case GlobalStatementSyntax { Parent: { } unit }:
                    return unit;
            }
        }
        return null;
    }

    /// <summary>Whether a function may wait for what it calls.</summary>
    public static bool MayAwait(SyntaxNode? function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        CompilationUnitSyntax => true,
        _ => false,
    };

    /// <summary>A name for a new variable that nothing in the member around a node has.</summary>
    public static string FreshName(SyntaxNode around, string name)
    {
        SyntaxNode scope = around.Ancestors().FirstOrDefault(static a => a is BaseTypeDeclarationSyntax) ?? around.SyntaxTree.GetRoot();
        var taken = new HashSet<string>(scope.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText), StringComparer.Ordinal);
        string fresh = name;
        for (int i = 2; taken.Contains(fresh); i++)
            fresh = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SyntaxFacts.GetKeywordKind(fresh) == SyntaxKind.None ? fresh : "@" + fresh;
    }
}
