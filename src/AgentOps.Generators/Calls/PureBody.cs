using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Methods that only compute: with parameters of built-in types, and a body of nothing but operators, literals, its own parameters
/// and variables. Nothing that is recorded can run inside them, so they need not be anyone's parent.
/// </summary>
/// <remarks>
/// What stands in a body is otherwise of no concern to other files. This one answer is part of a file's fingerprint, so that it
/// may be asked of a method anywhere.
/// </remarks>
internal static class PureBody
{
    /// <summary>Whether a method is sure to be a leaf.</summary>
    public static bool IsLeaf(IMethodSymbol method, CancellationToken cancellation)
    {
        if (method.IsVirtual || method.IsAbstract || method.IsOverride || method.IsAsync || method.DeclaringSyntaxReferences.Length != 1)
            return false;
        if (!method.Parameters.All(static p => IsBuiltIn(p.Type)) || !IsBuiltIn(method.ReturnType))
            return false;
        return method.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is MethodDeclarationSyntax syntax && IsTracked(syntax) && HasOnlyOperators(syntax);
    }

    /// <summary>
    /// Whether the answer is part of the file's fingerprint: only for methods with attributes of their own. Of one that is recorded
    /// for the interface it implements, an edit of the body would go unseen.
    /// </summary>
    public static bool IsTracked(MethodDeclarationSyntax method) => method.AttributeLists.Count > 0;

    /// <summary>The part of the answer that syntax alone gives.</summary>
    public static bool HasOnlyOperators(MethodDeclarationSyntax method)
    {
        SyntaxNode? body = (SyntaxNode?)method.Body ?? method.ExpressionBody;
        if (body is null)
            return false;
        var known = new HashSet<string>(method.ParameterList.Parameters.Select(static p => p.Identifier.ValueText), StringComparer.Ordinal);
        foreach (SyntaxNode node in body.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { ArgumentList: null } variable:
                    known.Add(variable.Identifier.ValueText);
                    break;
                case IdentifierNameSyntax { Parent: VariableDeclarationSyntax } type when type.Identifier.ValueText == "var":
                    break;
                case IdentifierNameSyntax name when known.Contains(name.Identifier.ValueText):
                    break;
                case BlockSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or IfStatementSyntax or ElseClauseSyntax or WhileStatementSyntax
                    or DoStatementSyntax or ForStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or VariableDeclarationSyntax
                    or EqualsValueClauseSyntax or BreakStatementSyntax or ContinueStatementSyntax or EmptyStatementSyntax:
                case LiteralExpressionSyntax or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax
                    or PostfixUnaryExpressionSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax or CastExpressionSyntax
                    or CheckedExpressionSyntax or PredefinedTypeSyntax:
                    break;
                default:
                    return false;
            }
        }
        return true;
    }

    private static bool IsBuiltIn(ITypeSymbol type) => type.SpecialType is SpecialType.System_Void
        or SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_Single or SpecialType.System_Double
        or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
        or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;
}
