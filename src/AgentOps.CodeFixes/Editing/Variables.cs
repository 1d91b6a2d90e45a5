using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Editing;

/// <summary>What becomes of local variables and parameters.</summary>
internal static class Variables
{
    /// <summary>Whether a variable has one value from its declaration on.</summary>
    public static bool HaveOneValue(MendPlace place, ISymbol variable, SyntaxNode use) =>
        AreNeverWritten(place, variable, use)
        && (variable is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared }
            || declared[0].GetSyntax(place.Cancellation) is VariableDeclaratorSyntax { Initializer: not null } or SingleVariableDesignationSyntax or ForEachStatementSyntax);

    /// <summary>Whether nothing is given to a variable but where it is declared.</summary>
    public static bool AreNeverWritten(MendPlace place, ISymbol variable, SyntaxNode use)
    {
        SyntaxNode? scope = use.Ancestors().OfType<MemberDeclarationSyntax>().FirstOrDefault(static m => m is not (BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax));
        if (scope is null)
            return false;
        if (scope is GlobalStatementSyntax)
            scope = place.Source.Root;
        foreach (IdentifierNameSyntax name in scope.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == variable.Name && IsWritten(name)
                && SymbolEqualityComparer.Default.Equals(place.Model.GetSymbolInfo(name, place.Cancellation).Symbol, variable))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } or RefExpressionSyntax => true,
        PostfixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
        PrefixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
        _ => false,
    };
}
