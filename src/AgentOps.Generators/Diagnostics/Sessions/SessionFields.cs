using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Looks through a type for whoever ends the session that a private field of it keeps, or gives it to others who may.</summary>
internal static class SessionFields
{
    public static bool IsNeverEnded(IFieldSymbol field, SessionTypes types, CancellationToken cancellation)
    {
        foreach (SyntaxReference reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (SyntaxToken token in reference.GetSyntax(cancellation).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == field.Name && token.Parent is IdentifierNameSyntax name && !IsHarmless(name, types))
                    return false;
            }
        }
        return true;
    }

    /// <summary>Whether a use of the name neither ends the session nor lets it out of the type. Whatever is not known may.</summary>
    private static bool IsHarmless(IdentifierNameSyntax name, SessionTypes types)
    {
        ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax } qualified && qualified.Name == name ? qualified : name;
        while (use.Parent is PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax)
            use = (ExpressionSyntax)use.Parent;
        return use.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == use => KeepsOpen(access.Name),
            ConditionalAccessExpressionSyntax access when access.Expression == use =>
                access.WhenNotNull.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().FirstOrDefault() is { } member && KeepsOpen(member.Name),
            AssignmentExpressionSyntax assignment when assignment.Left == use && IsResultDropped(assignment) => IsStartOrNothing(assignment.Right),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => true,
            _ => false,
        };

        bool KeepsOpen(SimpleNameSyntax member) =>
            member.Identifier.ValueText is not ("End" or "Dispose" or "DisposeAsync") && types.HasMember(member.Identifier.ValueText);
    }

    /// <summary>Whether nobody gets what an assignment is the value of.</summary>
    private static bool IsResultDropped(AssignmentExpressionSyntax assignment) => assignment.Parent switch
    {
        ExpressionStatementSyntax => true,
        ArrowExpressionClauseSyntax { Parent: ConstructorDeclarationSyntax } => true,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } } => true,
        _ => false,
    };

    private static bool IsStartOrNothing(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax => true,
        InvocationExpressionSyntax call => CallSyntax.NameOf(call)?.Identifier.ValueText is "Start" or "Resume",
        _ => false,
    };
}
