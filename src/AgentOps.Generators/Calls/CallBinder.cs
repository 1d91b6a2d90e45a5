using System.Collections.Immutable;
using AgentOps.Generators.Adapters;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Decorators;
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
        var search = new UseSearch(shape);
        ImmutableArray<InterceptedCall>.Builder calls = ImmutableArray.CreateBuilder<InterceptedCall>();
        ImmutableArray<CallFact>.Builder facts = ImmutableArray.CreateBuilder<CallFact>();
        var adapted = new List<AdaptedCall>();
        var decorated = new List<INamedTypeSymbol>();
        bool addsServices = false;
        foreach (int position in candidates.Positions)
        {
            if (CallSyntax.At(root, position) is not { } call)
                continue;
            if (UseOf(model, call, shape, search, cancellation) is { } use)
            {
                if (use.Outcome == RefusalReason.None && Intercept(model, call, use, shape.Environment, cancellation) is { } intercepted)
                    calls.Add(intercepted);
                if (search.FindsAllUses && use.Outcome != RefusalReason.Unsound)
                    facts.Add(CallFact.Of(use));
            }
            else if (BindFactory(model, call, cancellation) is { } factory)
            {
                adapted.Add(factory);
            }
            else if (CallSyntax.NameOf(call) is { } name && DecoratorInstantiation.MayBe(name))
            {
                addsServices |= name.Identifier.ValueText == DecoratorInstantiation.Add;
                if (shape.Environment.CanEmitRecording && DecoratorInstantiation.Of(model, call, cancellation) is { } type)
                    decorated.Add(type);
            }
        }
        if (search.FindsAllUses)
            facts.AddRange(OtherUses.Find(model, root, search, cancellation).Where(static use => use.Outcome != RefusalReason.Unsound).Select(CallFact.Of));
        var file = new FileIdentity(tree.FilePath, candidates.File.Ordinal, shape.Environment);
        string checksum = Convert.ToBase64String([.. tree.GetText(cancellation).GetContentHash()]);
        return new FileResult(
            file.HintName,
            calls.Count + adapted.Count + decorated.Count == 0
                ? ""
                : InterceptorEmitter.Emit(file, calls.ToImmutable(), adapted, decorated, compilation, shape.RedactingNames, cancellation),
            checksum,
            AdaptedIn(adapted),
            addsServices,
            file.RelativePath,
            new EquatableArray<CallFact>(facts.ToImmutable()));
    }

    private static CallUse? UseOf(
        SemanticModel model, InvocationExpressionSyntax call, DeclarationShape shape, UseSearch search, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && RecordedMethod.Of(method) is { } recorded)
        {
            RefusalReason outcome = CallClassifier.Classify(model, call, method, cancellation);
            return new CallUse(outcome, outcome == RefusalReason.Dynamic ? call : CallSyntax.PlaceOf(call), method.Name, method, recorded);
        }
        return search.FindsAllUses && model.GetOperation(call, cancellation) is IDynamicInvocationOperation operation
            ? CallUses.OfDynamic(operation, () => shape.OwnNames, cancellation)
            : null;
    }

    private static AdaptedCall? BindFactory(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || !Factory.IsAdapted(model, call, method, cancellation))
            return null;
        return model.GetInterceptableLocation(call, cancellation) is { } location
            ? new AdaptedCall(location, LineOf(call, cancellation), TextOf(call), method, Factory.KindOf(method))
            : null;
    }

    private static Adapted AdaptedIn(List<AdaptedCall> calls)
    {
        Adapted found = Adapted.None;
        foreach (AdaptedCall call in calls)
        {
            found |= call.Kind switch
            {
                FactoryKind.AIFunction => Adapted.AIFunctions,
                FactoryKind.McpTool or FactoryKind.McpBuilder => Adapted.McpTools,
                _ => Adapted.KernelFunctions,
            };
        }
        return found;
    }

    private static int LineOf(InvocationExpressionSyntax call, CancellationToken cancellation) =>
        call.SyntaxTree.GetLineSpan(CallSyntax.NameOf(call)!.Span, cancellation).StartLinePosition.Line + 1;

    private static InterceptedCall? Intercept(
        SemanticModel model, InvocationExpressionSyntax call, CallUse use, ProjectEnvironment environment, CancellationToken cancellation)
    {
        if (model.GetInterceptableLocation(call, cancellation) is not { } location)
            return null;
        INamedTypeSymbol? caller = model.GetEnclosingSymbol(call.SpanStart, cancellation)?.ContainingType;
        return new InterceptedCall(location, LineOf(call, cancellation), TextOf(call), use.Method!, use.Recorded!.In(environment), TrackedAgent.Of(caller, includeOuter: true));
    }

    /// <summary>The call on one line, for the comment beside its interceptor.</summary>
    private static string TextOf(InvocationExpressionSyntax call)
    {
        string text = string.Join(" ", call.ToString().Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text.Substring(0, 97) + "...";
    }
}

/// <summary>What one file yields: the text of its generated file, empty if it has no recorded call. Texts and numbers only, so that nothing is kept alive.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Text">Its text.</param>
/// <param name="Checksum">The checksum of the user's file.</param>
/// <param name="Adapted">What it has wrapped.</param>
/// <param name="AddsServices">Whether it registers recorded services.</param>
/// <param name="File">The user's file, for the report.</param>
/// <param name="Facts">What became of its uses of recorded methods; empty unless a report is wanted.</param>
internal sealed record FileResult(string HintName, string Text, string Checksum, Adapted Adapted, bool AddsServices, string File, EquatableArray<CallFact> Facts)
{
    public FileFacts ToFacts() => new(File, Facts);
}
