using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Calls;

/// <summary>
/// Makes a call before the statement whose expression tree has it, and puts the result there. Only of calls that need nothing of the
/// tree's own parameters, and whose receiver and arguments are values that stay what they are.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExpressionTreeFix)), Shared]
public sealed class ExpressionTreeFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.ExpressionTree];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) =>
        Task.FromResult<IReadOnlyList<Mend>>(Hoisted(place) is { } mend ? [mend] : []);

    private static Mend? Hoisted(MendPlace place)
    {
        if (place.Node is not SimpleNameSyntax name || name.FirstAncestorOrSelf<InvocationExpressionSyntax>(c => CallSyntax.NameOf(c) == name) is not { } call
            || call.Expression is MemberBindingExpressionSyntax
            || StatementAround(call) is not { } statement)
        {
            return null;
        }
        ExpressionSyntax? receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        if (receiver is not null && !IsSteady(place, receiver, statement) || !call.ArgumentList.Arguments.All(a => a.RefKindKeyword.RawKind == 0 && IsSteady(place, a.Expression, statement)))
            return null;
        string variable = Functions.FreshName(statement, VariableNameFor(name.Identifier.ValueText));
        var edits = new EditSet();
        edits.Insert(place.Source, statement.SpanStart, $"var {variable} = {call};{place.Source.NewLine}{place.Source.IndentationAt(statement.SpanStart)}");
        edits.Replace(place.Source, call.Span, variable);
        return new Mend($"Call '{name.Identifier.ValueText}' before, and use its result", place.RuleId, edits);
    }

    /// <summary>The statement outside of all lambdas and queries, if another may stand before it and nothing of it runs again and again.</summary>
    private static StatementSyntax? StatementAround(SyntaxNode call)
    {
        SyntaxNode? outermost = null;
        foreach (SyntaxNode around in call.Ancestors().TakeWhile(static a => a is not MemberDeclarationSyntax))
        {
            if (around is LambdaExpressionSyntax or QueryExpressionSyntax)
                outermost = around;
            else if (outermost is not null && around is StatementSyntax)
                break;
        }
        StatementSyntax? statement = outermost?.FirstAncestorOrSelf<StatementSyntax>();
        return statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax or ReturnStatementSyntax && statement.Parent is BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax
            ? statement
            : null;
    }

    /// <summary>Whether an expression has the same value before the statement, and nothing happens when it is asked for.</summary>
    private static bool IsSteady(MendPlace place, ExpressionSyntax expression, StatementSyntax statement)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax or ThisExpressionSyntax or PredefinedTypeSyntax:
                return true;
            case ParenthesizedExpressionSyntax inner:
                return IsSteady(place, inner.Expression, statement);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.LogicalNotExpression } unary:
                return IsSteady(place, unary.Operand, statement);
        }
        return place.Model.GetSymbolInfo(expression, place.Cancellation).Symbol switch
        {
            ITypeSymbol or INamespaceSymbol => true,
            IFieldSymbol { IsConst: true } => true,
            IFieldSymbol { IsReadOnly: true } when expression is IdentifierNameSyntax => true,
            ILocalSymbol local => IsDeclaredBefore(local, statement) && Variables.HaveOneValue(place, local, expression),
            IParameterSymbol parameter => IsDeclaredBefore(parameter, statement) && Variables.AreNeverWritten(place, parameter, expression),
            _ => false,
        };
    }

    private static bool IsDeclaredBefore(ISymbol variable, StatementSyntax statement) => variable.Locations.All(l => l.SourceSpan.End <= statement.SpanStart);

    private static string VariableNameFor(string method)
    {
        string name = method.EndsWith("Async", StringComparison.Ordinal) && method.Length > 5 ? method.Substring(0, method.Length - 5) : method;
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
