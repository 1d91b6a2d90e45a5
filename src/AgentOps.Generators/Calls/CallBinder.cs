using System.Collections.Immutable;
using AgentOps.Generators.Declarations;
using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        ImmutableArray<InterceptedCall>.Builder calls = ImmutableArray.CreateBuilder<InterceptedCall>();
        foreach (int position in candidates.Positions)
        {
            if (CallSyntax.At(root, position) is { } call && BindCall(model, call, shape.Environment, cancellation) is { } intercepted)
                calls.Add(intercepted);
        }
        var file = new FileIdentity(tree.FilePath, candidates.File.Ordinal, shape.Environment);
        string checksum = Convert.ToBase64String([.. tree.GetText(cancellation).GetContentHash()]);
        return new FileResult(
            file.HintName,
            calls.Count == 0 ? "" : InterceptorEmitter.Emit(file, calls.ToImmutable(), compilation, shape.RedactingNames, cancellation),
            checksum);
    }

    private static InterceptedCall? BindCall(SemanticModel model, InvocationExpressionSyntax call, ProjectEnvironment environment, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || RecordedMethod.Of(method) is not { } recorded)
            return null;
        if (CallClassifier.Classify(model, call, method, cancellation) != RefusalReason.None)
            return null;
        if (model.GetInterceptableLocation(call, cancellation) is not { } location)
            return null;
        INamedTypeSymbol? caller = model.GetEnclosingSymbol(call.SpanStart, cancellation)?.ContainingType;
        int line = call.SyntaxTree.GetLineSpan(CallSyntax.NameOf(call)!.Span, cancellation).StartLinePosition.Line + 1;
        recorded = recorded with { Capture = recorded.Capture ?? environment.Capture };
        return new InterceptedCall(location, line, TextOf(call), method, recorded, TrackedAgent.Of(caller, includeOuter: true));
    }

    /// <summary>The call on one line, for the comment beside its interceptor.</summary>
    private static string TextOf(InvocationExpressionSyntax call)
    {
        string text = string.Join(" ", call.ToString().Split((char[])[' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : text.Substring(0, 97) + "...";
    }
}

/// <summary>What one file yields: the text of its generated file, empty if it has no recorded call. Strings only, so that nothing is kept alive.</summary>
internal sealed record FileResult(string HintName, string Text, string Checksum);
