using System.Collections.Immutable;
using System.Globalization;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Tests.Corpus;

/// <summary>Looks at every use of a recorded method by its syntax, and whether just one of both became of it: an interceptor, or a word of why there is none.</summary>
internal sealed class UseCheck
{
    private readonly ILookup<(SyntaxTree, TextSpan), string> _recorded;
    private readonly ILookup<(SyntaxTree, TextSpan), string> _refused;
    private readonly List<string> _problems = [];

    public UseCheck(ImmutableArray<Diagnostic> reported)
    {
        _recorded = MessagesByPlace(reported.Where(static d => d.Id == RuleIds.RecordedCall));
        _refused = MessagesByPlace(reported.Where(static d => s_refusals.Contains(d.Id)));
    }

    public int Intercepted { get; private set; }

    public int Refused { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Looks at a file of the project as the compiler sees it with what was generated.</summary>
    public void Look(SemanticModel model, CancellationToken cancellation)
    {
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call)
                LookAt(model, call, cancellation);
            else if (node is SimpleNameSyntax name && IsReference(name) && model.GetSymbolInfo(name, cancellation).Symbol is IMethodSymbol method && RecordedMethod.Of(method) is not null)
                Count(method, isIntercepted: false, PlacesOf(name), name);
        }
    }

    private void LookAt(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && RecordedMethod.Of(method) is not null)
            Count(method, model.GetInterceptorMethod(call, cancellation) is not null, [CallSyntax.PlaceOf(call).Span, call.Span], call);
    }

    private void Count(IMethodSymbol method, bool isIntercepted, TextSpan[] places, SyntaxNode use)
    {
        // At one place the compiler may call something else besides, as a loop does at what it runs over.
        bool IsSaid(ILookup<(SyntaxTree, TextSpan), string> messages) =>
            places.Any(place => messages[(use.SyntaxTree, place)].Any(message => message.Contains($"'{method.Name}'", StringComparison.Ordinal)));
        bool isShown = IsSaid(_recorded);
        bool isRefused = IsSaid(_refused);
        if (isIntercepted)
            Intercepted++;
        else
            Refused++;
        if (isIntercepted != isShown || isIntercepted == isRefused)
            _problems.Add($"{use.SyntaxTree.FilePath}({use.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): '{use}' is {(isIntercepted ? "" : "not ")}intercepted, {(isShown ? "" : "not ")}shown as recorded, {(isRefused ? "" : "not ")}diagnosed");
    }

    private static ILookup<(SyntaxTree, TextSpan), string> MessagesByPlace(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.ToLookup(static d => (d.Location.SourceTree!, d.Location.SourceSpan), static d => d.GetMessage(CultureInfo.InvariantCulture));

    /// <summary>A name that is not called and not only named.</summary>
    private static bool IsReference(SimpleNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        return whole.Parent is not InvocationExpressionSyntax && name.Parent is ExpressionSyntax or ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax
            && !name.Ancestors().Any(static node => node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } or AttributeSyntax);
    }

    private static TextSpan[] PlacesOf(SimpleNameSyntax name) => [.. name.AncestorsAndSelf().TakeWhile(static node => node is ExpressionSyntax).Take(3).Select(static node => node.Span)];

    private static readonly HashSet<string> s_refusals =
    [
        RuleIds.NotAnOrdinaryMethod, RuleIds.UnsupportedSignature, RuleIds.UnnameableType, RuleIds.InaccessibleMethod, RuleIds.MethodGroup, RuleIds.BaseCall,
        RuleIds.TypeParameterReceiver, RuleIds.Dynamic, RuleIds.ExpressionTree, RuleIds.DuplicateContent, RuleIds.UnsupportedSyntax, RuleIds.GenericRecursion,
    ];
}
