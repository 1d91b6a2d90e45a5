using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.CodeFixes.Calls;

/// <summary>Wraps a method that becomes a delegate in a lambda, whose call is recorded. Names of parameters stay: frameworks read them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MethodGroupFix)), Shared]
public sealed class MethodGroupFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.MethodGroup];

    private protected override async Task<IReadOnlyList<Mend>> FindAsync(MendPlace place)
    {
        ExpressionSyntax? group = GroupAt(place.Node);
        if (group is null || place.Model.GetOperation(group, place.Cancellation) is not IMethodReferenceOperation { Method: var method } reference
            || method.ReturnsByRef || method.ReturnsByRefReadonly || method.IsVararg)
        {
            return [];
        }
        if (group.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression } or PrefixUnaryExpressionSyntax
            || !IsSameEachTime(reference, place)
            || await IsTakenAwayAsync(place, method).ConfigureAwait(false))
        {
            return [];
        }
        string title = $"Call '{method.Name}' in a lambda";
        var typed = new Mend(title, place.RuleId, Wrapped(place, group, method, typed: true));
        return method.Parameters.All(static p => p.RefKind == RefKind.None)
            ? [new Mend(title, place.RuleId, Wrapped(place, group, method, typed: false)), typed]
            : [typed];
    }

    private static ExpressionSyntax? GroupAt(SyntaxNode node) => node switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } name when access.Name == name => access,
        ExpressionSyntax expression => expression,
        ArgumentSyntax argument => argument.Expression,
        _ => null,
    };

    private static EditSet Wrapped(MendPlace place, ExpressionSyntax group, IMethodSymbol method, bool typed)
    {
        var taken = new HashSet<string>(group.DescendantTokens().Where(static t => t.IsKind(SyntaxKind.IdentifierToken)).Select(static t => t.ValueText), StringComparer.Ordinal);
        var names = method.Parameters.ToDictionary(static p => p.Ordinal, p => FreshName(p.Name, taken));
        string parameters = string.Join(", ", method.Parameters.Select(p => typed ? $"{ModifierOf(p.RefKind)}{p.Type.ToMinimalDisplayString(place.Model, NullableFlowState.None, group.SpanStart)} {names[p.Ordinal]}" : names[p.Ordinal]));
        string arguments = string.Join(", ", method.Parameters.Select(p => (p.RefKind is RefKind.Ref or RefKind.Out or RefKind.In ? ModifierOf(p.RefKind) : p.RefKind == RefKind.RefReadOnlyParameter ? "in " : "") + names[p.Ordinal]));
        bool isBare = !typed && method.Parameters.Length == 1;
        bool isEnclosed = group.Parent is ArgumentSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax
            or InitializerExpressionSyntax or ExpressionElementSyntax or LambdaExpressionSyntax or ParenthesizedExpressionSyntax or YieldStatementSyntax;
        var edits = new EditSet();
        edits.Insert(place.Source, group.SpanStart, $"{(isEnclosed ? "" : "(")}{(isBare ? parameters : $"({parameters})")} => ");
        edits.Insert(place.Source, group.Span.End, $"({arguments}){(isEnclosed ? "" : ")")}");
        return edits;
    }

    private static string FreshName(string name, HashSet<string> taken)
    {
        string fresh = name;
        for (int i = 2; !taken.Add(fresh); i++)
            fresh = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return SyntaxFacts.GetKeywordKind(fresh) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(fresh) != SyntaxKind.None ? "@" + fresh : fresh;
    }

    private static string ModifierOf(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    /// <summary>A delegate keeps the instance that it was made of; a lambda looks for it at each call. Only where that finds the same one is it as good.</summary>
    private static bool IsSameEachTime(IMethodReferenceOperation reference, MendPlace place)
    {
        // An extension's receiver is an argument, of which a delegate keeps the value.
        IOperation? instance = reference.Instance;
        if (instance is null)
        {
            return reference.Method.ReducedFrom is null
                || reference.Syntax is MemberAccessExpressionSyntax { Expression: LiteralExpressionSyntax };
        }
        while (instance is IConversionOperation { IsImplicit: true } conversion)
            instance = conversion.Operand;
        if (instance.Type is not { IsReferenceType: true } || instance.Syntax is BaseExpressionSyntax)
            return false;
        return instance switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
            IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } => IsOutsideConstructor(reference.Syntax),
            ILocalReferenceOperation { Local: var local } => Variables.HaveOneValue(place, local, reference.Syntax),
            IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => Variables.HaveOneValue(place, parameter, reference.Syntax),
            _ => false,
        };
    }

    private static bool IsOutsideConstructor(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not ConstructorDeclarationSyntax;

    /// <summary>A handler that somebody takes off again must be the delegate that was put on.</summary>
    private static async Task<bool> IsTakenAwayAsync(MendPlace place, IMethodSymbol method)
    {
        if (place.Node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { RawKind: (int)SyntaxKind.AddAssignmentExpression })
            return false;
        foreach (ReferencedSymbol found in await SymbolFinder.FindReferencesAsync(method, place.Solution, place.Cancellation).ConfigureAwait(false))
        {
            foreach (ReferenceLocation use in found.Locations)
            {
                if (await use.Document.GetSyntaxRootAsync(place.Cancellation).ConfigureAwait(false) is { } root
                    && root.FindNode(use.Location.SourceSpan).FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { RawKind: (int)SyntaxKind.SubtractAssignmentExpression })
                {
                    return true;
                }
            }
        }
        return false;
    }
}
