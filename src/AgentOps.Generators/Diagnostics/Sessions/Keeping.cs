using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>What becomes of a call's result, by its syntax: disposed by <c>using</c>, kept under a name, or anything else.</summary>
/// <param name="IsDisposed">Whether a <c>using</c> disposes it.</param>
/// <param name="Name">The variable or field that it is kept in.</param>
internal readonly record struct Keeping(bool IsDisposed, string? Name)
{
    public static readonly Keeping Scoped = new(true, null);

    /// <summary>Whether it ends in a body that ends what these names stand for.</summary>
    public bool IsScopedIn(HashSet<string> ended) => IsDisposed || (Name is not null && ended.Contains(Name));

    public static Keeping Of(InvocationExpressionSyntax call)
    {
        SyntaxNode value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax:
                case ConditionalExpressionSyntax choice when choice.Condition != value:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                case InvocationExpressionSyntax invoked when invoked.Expression == value:
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" }:
                    value = value.Parent;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "End" or "Dispose" or "DisposeAsync" }:
                case UsingStatementSyntax:
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax } } }:
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword } } } }:
                    return Scoped;
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                    return new Keeping(false, variable.Identifier.ValueText);
                case AssignmentExpressionSyntax assignment when assignment.Right == value && CallSyntax.LastNameOf(assignment.Left) is { Length: > 0 } name:
                    return new Keeping(false, name);
                default:
                    return default;
            }
        }
    }
}
