using System.Collections.Immutable;
using System.Composition;
using AgentOps.CodeFixes.Editing;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Calls;

/// <summary>Casts what is dynamic in a call to its type, where that is known: from what a variable is given and keeps, or from the only method that can be meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DynamicCallFix)), Shared]
public sealed class DynamicCallFix : MendProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.Dynamic];

    private protected override Task<IReadOnlyList<Mend>> FindAsync(MendPlace place) =>
        Task.FromResult<IReadOnlyList<Mend>>(CastOf(place) is { } cast ? [cast] : []);

    private static Mend? CastOf(MendPlace place)
    {
        if (CallAt(place) is not { } call)
            return null;
        var edits = new EditSet();
        var types = new List<string>();
        if (ReceiverOf(call) is { } receiver && IsDynamic(place, receiver))
        {
            if (KnownType(place, receiver) is not { } type)
                return null;
            Cast(edits, place, receiver, type, isReceiver: true);
            types.Add(type);
        }
        IMethodSymbol? only = OnlyCandidate(place, call);
        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            if (!IsDynamic(place, argument.Expression))
                continue;
            string? type = KnownType(place, argument.Expression)
                ?? (only is null || argument.RefKindKeyword.RawKind != 0 ? null : ParameterOf(only, call, argument)?.Type.ToMinimalDisplayString(place.Model, argument.SpanStart));
            if (type is null)
                return null;
            Cast(edits, place, argument.Expression, type, isReceiver: false);
            types.Add(type);
        }
        return new Mend($"Cast to {string.Join(" and ", types.Distinct(StringComparer.Ordinal).Select(static t => $"'{t}'"))}", place.RuleId, edits)
        {
            IsRight = async (solution, cancellation) =>
                await MendPlace.AtAsync(solution.GetDocument(place.Source.Id)!, edits.Moved(place.Source.Id, place.Span), place.RuleId, cancellation).ConfigureAwait(false) is { } after
                && CallAt(after) is { } now
                && after.Model.GetSymbolInfo(now, cancellation) is { CandidateReason: CandidateReason.None, Symbol: IMethodSymbol method }
                && RecordedMethod.Of(method) is not null,
        };
    }

    private static InvocationExpressionSyntax? CallAt(MendPlace place) => place.Node switch
    {
        InvocationExpressionSyntax call => call,
        ArgumentSyntax { Expression: InvocationExpressionSyntax call } => call,
        SimpleNameSyntax name => name.FirstAncestorOrSelf<InvocationExpressionSyntax>(c => CallSyntax.NameOf(c) == name),
        _ => null,
    };

    private static ExpressionSyntax? ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(a => a.WhenNotNull.Span.Contains(call.Span))?.Expression,
        _ => null,
    };

    private static bool IsDynamic(MendPlace place, ExpressionSyntax expression) =>
        place.Model.GetTypeInfo(expression, place.Cancellation).Type?.TypeKind == TypeKind.Dynamic;

    /// <summary>The one method that a call can mean; <see langword="null"/> if it is chosen among several, which casting might choose otherwise.</summary>
    private static IMethodSymbol? OnlyCandidate(MendPlace place, InvocationExpressionSyntax call)
    {
        SymbolInfo found = place.Model.GetSymbolInfo(call, place.Cancellation);
        ISymbol[] candidates = found.Symbol is { } symbol ? [symbol] : [.. found.CandidateSymbols];
        return candidates.Length == 1 && candidates[0] is IMethodSymbol { IsGenericMethod: false } only
            && place.Model.GetMemberGroup(call.Expression, place.Cancellation).OfType<IMethodSymbol>().Count(m => m.Parameters.Length >= call.ArgumentList.Arguments.Count) == 1
                ? only
                : null;
    }

    private static IParameterSymbol? ParameterOf(IMethodSymbol method, InvocationExpressionSyntax call, ArgumentSyntax argument)
    {
        IParameterSymbol? parameter = argument.NameColon is { } name
            ? method.Parameters.FirstOrDefault(p => p.Name == name.Name.Identifier.ValueText)
            : call.ArgumentList.Arguments.IndexOf(argument) is var index && index < method.Parameters.Length ? method.Parameters[index] : null;
        return parameter is { IsParams: false } && parameter.Type.TypeKind is not (TypeKind.Dynamic or TypeKind.Error) && parameter.Type.SpecialType != SpecialType.System_Object ? parameter : null;
    }

    /// <summary>The type that a dynamic variable was declared with a value of, and has no other of.</summary>
    private static string? KnownType(MendPlace place, ExpressionSyntax expression)
    {
        if (place.Model.GetSymbolInfo(expression, place.Cancellation).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } local
            || declared[0].GetSyntax(place.Cancellation) is not VariableDeclaratorSyntax { Initializer.Value: { } value }
            || !Variables.AreNeverWritten(place, local, expression))
        {
            return null;
        }
        // Only what is made here is sure to be of that very type.
        return value is BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax or ArrayCreationExpressionSyntax
            && place.Model.GetTypeInfo(value, place.Cancellation).Type is { TypeKind: not (TypeKind.Dynamic or TypeKind.Error) } type
                ? type.ToMinimalDisplayString(place.Model, expression.SpanStart)
                : null;
    }

    private static void Cast(EditSet edits, MendPlace place, ExpressionSyntax expression, string type, bool isReceiver)
    {
        bool isUnary = expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax;
        edits.Insert(place.Source, expression.SpanStart, $"{(isReceiver ? "(" : "")}({type}){(isUnary ? "" : "(")}");
        edits.Insert(place.Source, expression.Span.End, (isUnary ? "" : ")") + (isReceiver ? ")" : ""));
    }
}
