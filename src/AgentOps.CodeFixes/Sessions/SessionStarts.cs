using AgentOps.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.CodeFixes.Sessions;

/// <summary>How sessions are started in code.</summary>
internal static class SessionStarts
{
    /// <summary>The declaration of a session that ends with the block it stands in.</summary>
    public static string Declaration(SourceDocument source, int position, SyntaxNode around, bool mayAwait, EditSet edits) =>
        $"{Using(mayAwait)}var {Functions.FreshName(around, "session")} = {OwnTypes.Name(source, position, "Session", edits)}.Start();";

    public static string Using(bool mayAwait) => mayAwait ? "await using " : "using ";

    /// <summary>Whether a call starts or resumes a session.</summary>
    public static bool IsStart(SemanticModel model, InvocationExpressionSyntax call, CancellationToken cancellation) =>
        model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol { Name: "Start" or "Resume" or "RunAsync", IsStatic: true, ContainingType: { Name: "Session", ContainingNamespace: { Name: "AgentOps", ContainingNamespace.IsGlobalNamespace: true } } };
}
