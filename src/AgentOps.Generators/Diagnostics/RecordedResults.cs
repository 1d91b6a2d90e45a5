using System.Collections.Concurrent;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics;

/// <summary>
/// Follows what recorded calls give back as far as the same body shows it: tasks that nobody waits for, streams that nobody reads,
/// value tasks that are awaited twice. What is passed on is out of view, and nothing is said of it.
/// </summary>
internal sealed class RecordedResults
{
    private readonly ConcurrentDictionary<SyntaxNode, Dictionary<string, IdentifierNameSyntax[]>> _names = new();

    /// <param name="context">Where to report.</param>
    /// <param name="call">A call.</param>
    /// <param name="isRecorded">Whether it is recorded; asked only of calls that would be reported.</param>
    public void Analyze(OperationAnalysisContext context, IInvocationOperation call, Func<bool> isRecorded)
    {
        if (call.Syntax is not InvocationExpressionSyntax syntax || ResultOf(call) is not (IOperation value, ILocalSymbol or null) result)
            return;
        // What comes back as a T is recorded as a value, whatever it is: it need not be of this call's making.
        ResultKind kind = ResultShape.Of(CalledMethod.DefinitionOf(call.TargetMethod)).Kind;
        if (kind is not (ResultKind.Task or ResultKind.ValueTask or ResultKind.Stream))
            return;
        SyntaxNode? scope = result.Local is null ? null : ScopeAround(syntax);
        if (result.Local is not null && scope is null)
            return;
        IdentifierNameSyntax[] uses = scope is null ? [] : UsesIn(scope, result.Local!.Name);
        if (uses.Length == 0)
        {
            if (isRecorded())
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    kind == ResultKind.Stream ? RuleDescriptors.StreamNotRead : RuleDescriptors.TaskNotAwaited, CallSyntax.PlaceOf(syntax).GetLocation(), call.TargetMethod.Name));
            }
        }
        else if (kind == ResultKind.ValueTask && ReferenceEquals(value, call) && SecondConsumption(uses, scope!, syntax) is { } second && isRecorded())
        {
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.ValueTaskConsumedTwice, second.GetLocation(), call.TargetMethod.Name, result.Local!.Name));
        }
    }

    /// <summary>What is dropped or kept in a variable of its own; nothing if it goes anywhere else.</summary>
    private static (IOperation Value, ILocalSymbol? Local)? ResultOf(IInvocationOperation call)
    {
        IOperation value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "ConfigureAwait" } } extended }:
                    value = extended;
                    continue;
                case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured when configured.Instance == value:
                case IConditionalAccessOperation access when access.WhenNotNull == value:
                case IConversionOperation { OperatorMethod: null }:
                    value = value.Parent;
                    continue;
                case IExpressionStatementOperation:
                    return (value, null);
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator } when !IsDisposed(declarator):
                    return (value, local);
                default:
                    return null;
            }
        }
    }

    private static bool IsDisposed(IVariableDeclaratorOperation declarator) =>
        declarator.Syntax.FirstAncestorOrSelf<StatementSyntax>() is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword };

    /// <summary>Where a variable that is declared with the call can be used; nothing if it is declared in another way than by a statement.</summary>
    private static SyntaxNode? ScopeAround(SyntaxNode call)
    {
        SyntaxNode? scope = call.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()?.Parent;
        while (scope is SwitchSectionSyntax or LabeledStatementSyntax or GlobalStatementSyntax)
            scope = scope.Parent;
        return scope;
    }

    /// <summary>Where a name stands in a scope, declarations aside. Each member's names are looked at once, however many calls it makes.</summary>
    private IdentifierNameSyntax[] UsesIn(SyntaxNode scope, string name)
    {
        SyntaxNode member = scope.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? scope.SyntaxTree.GetRoot();
        Dictionary<string, IdentifierNameSyntax[]> names = _names.GetOrAdd(member, static node => node.DescendantNodes().OfType<IdentifierNameSyntax>()
            .GroupBy(static one => one.Identifier.ValueText, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal));
        if (!names.TryGetValue(name, out IdentifierNameSyntax[]? all))
            return [];
        // They come in the order of the text.
        int start = 0;
        for (int end = all.Length; start < end;)
        {
            int middle = (start + end) / 2;
            if (all[middle].SpanStart < scope.SpanStart)
                start = middle + 1;
            else
                end = middle;
        }
        int count = 0;
        while (start + count < all.Length && all[start + count].SpanStart < scope.Span.End)
            count++;
        return all.AsSpan(start, count).ToArray();
    }

    /// <summary>The second of two consumptions that both certainly run, one after the other.</summary>
    private static IdentifierNameSyntax? SecondConsumption(IdentifierNameSyntax[] uses, SyntaxNode block, SyntaxNode call)
    {
        if (uses.Any(static use => IsChanged(use)))
            return null;
        IdentifierNameSyntax[] certain = [.. uses.Where(use => use.SpanStart > call.SpanStart && IsConsumption(use) && CertainlyRunsIn(block, use)).OrderBy(static use => use.SpanStart)];
        return certain.Length < 2 ? null : certain[1];
    }

    private static bool IsChanged(IdentifierNameSyntax use) =>
        (use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use) || use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } or RefExpressionSyntax;

    private static bool IsConsumption(IdentifierNameSyntax use) => use.Parent switch
    {
        AwaitExpressionSyntax => true,
        MemberAccessExpressionSyntax access => access.Expression == use && access.Name.Identifier.ValueText is "AsTask" or "GetAwaiter" or "Result" or "ConfigureAwait" or "Preserve",
        _ => false,
    };

    /// <summary>Whether nothing between the block and the use decides if the use runs, or how often.</summary>
    private static bool CertainlyRunsIn(SyntaxNode block, SyntaxNode use)
    {
        for (SyntaxNode? node = use.Parent; node is not null; node = node.Parent)
        {
            if (node == block)
                return true;
            switch (node)
            {
                case BinaryExpressionSyntax binary when binary.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression):
                case AwaitExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ArgumentSyntax or ArgumentListSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax
                    or EqualsValueClauseSyntax or VariableDeclaratorSyntax or VariableDeclarationSyntax or AssignmentExpressionSyntax { RawKind: not (int)SyntaxKind.CoalesceAssignmentExpression }
                    or LocalDeclarationStatementSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or GlobalStatementSyntax:
                    continue;
                default:
                    return false;
            }
        }
        return false;
    }
}
