using System.Collections.Immutable;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using AgentOps.Generators.Report;
using AgentOps.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Calls;

/// <summary>A call that is intercepted: where it stands, what it calls, and what the attribute says.</summary>
internal sealed record InterceptedCall(
    InterceptableLocation Location, int Line, string Text, IMethodSymbol Method, RecordedMethod Recorded, TrackedAgent? Caller);

/// <summary>Binds the candidates of one file and has their interceptors written.</summary>
internal static class CallBinder
{
    public static FileResult Bind(CallCandidates candidates, DeclarationShape shape, Compilation compilation, CancellationToken cancellation)
    {
        SyntaxTree tree = candidates.File.Tree;
        SemanticModel model = BindingModel.Of(compilation, tree);
        SyntaxNode root = tree.GetRoot(cancellation);
        var terms = new SearchTerms(shape);
        ImmutableArray<InterceptedCall>.Builder calls = ImmutableArray.CreateBuilder<InterceptedCall>();
        ImmutableArray<CallFact>.Builder facts = ImmutableArray.CreateBuilder<CallFact>();
        foreach (int position in candidates.Positions)
        {
            if (CallSyntax.At(root, position) is not { } call || UseOf(model, call, shape, terms, cancellation) is not { } use)
                continue;
            if (use.Outcome == RefusalReason.None && Intercept(model, call, use, shape.Environment, cancellation) is { } intercepted)
                calls.Add(intercepted);
            if (terms.FindsAllUses && use.Outcome != RefusalReason.Unsound)
                facts.Add(CallFact.Of(use));
        }
        if (terms.FindsAllUses)
            facts.AddRange(OtherUses.Find(model, root, terms, cancellation).Where(static use => use.Outcome != RefusalReason.Unsound).Select(CallFact.Of));
        var file = new FileIdentity(tree.FilePath, candidates.File.Ordinal, shape.Environment);
        string checksum = Convert.ToBase64String([.. tree.GetText(cancellation).GetContentHash()]);
        return new FileResult(
            file.HintName,
            calls.Count == 0 ? "" : InterceptorEmitter.Emit(file, calls.ToImmutable(), compilation, shape.RedactingNames, cancellation),
            checksum,
            file.RelativePath,
            new EquatableArray<CallFact>(facts.ToImmutable()));
    }

    private static CallUse? UseOf(
        SemanticModel model, InvocationExpressionSyntax call, DeclarationShape shape, SearchTerms terms, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && RecordedMethod.Of(method) is { } recorded)
        {
            RefusalReason outcome = CallClassifier.Classify(model, call, method, cancellation);
            return new CallUse(outcome, outcome == RefusalReason.Dynamic ? call : CallSyntax.PlaceOf(call), method.Name, method, recorded);
        }
        return terms.FindsAllUses && model.GetOperation(call, cancellation) is IDynamicInvocationOperation operation
            ? CallUses.OfDynamic(operation, () => shape.OwnNames, cancellation)
            : null;
    }

    private static InterceptedCall? Intercept(
        SemanticModel model, InvocationExpressionSyntax call, CallUse use, ProjectEnvironment environment, CancellationToken cancellation)
    {
        if (model.GetInterceptableLocation(call, cancellation) is not { } location)
            return null;
        INamedTypeSymbol? caller = model.GetEnclosingSymbol(call.SpanStart, cancellation)?.ContainingType;
        int line = call.SyntaxTree.GetLineSpan(CallSyntax.NameOf(call)!.Span, cancellation).StartLinePosition.Line + 1;
        RecordedMethod recorded = use.Recorded! with { Capture = use.Recorded!.Capture ?? environment.Capture };
        return new InterceptedCall(location, line, TextOf(call), use.Method!, recorded, TrackedAgent.Of(caller, includeOuter: true));
    }

    /// <summary>The call on one line, for the comment beside its interceptor.</summary>
    private static string TextOf(InvocationExpressionSyntax call)
    {
        string text = string.Join(" ", call.ToString().Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text.Substring(0, 97) + "...";
    }
}

/// <summary>What one file yields: the text of its generated file, empty if it has no recorded call. Texts and numbers only, so that nothing is kept alive.</summary>
internal sealed record FileResult(string HintName, string Text, string Checksum, string File, EquatableArray<CallFact> Facts)
{
    public FileFacts ToFacts() => new(File, Facts);
}
