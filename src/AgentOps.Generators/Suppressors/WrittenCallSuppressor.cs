using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Suppressors;

/// <summary>
/// A recorded method is recorded where it is called by its name: advice to write a method group for the lambda that calls it, or an
/// initialiser for calls of <c>Add</c>, would end that.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WrittenCallSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor s_lambda = new("AOPSS201", "IDE0200", "The lambda calls a recorded method, and calls through a method group are not recorded.");
    private static readonly SuppressionDescriptor s_initializer = new("AOPSS202", "IDE0028", "The method that adds items is recorded where it is called by its name.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [s_lambda, s_initializer];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            SyntaxNode place = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (diagnostic.Id == s_lambda.SuppressedDiagnosticId && CallIn(place.FirstAncestorOrSelf<LambdaExpressionSyntax>()) is { } call && IsRecorded(context, tree, call))
                context.ReportSuppression(Suppression.Create(s_lambda, diagnostic));
            else if (diagnostic.Id == s_initializer.SuppressedDiagnosticId && AddsByRecordedCalls(context, tree, place))
                context.ReportSuppression(Suppression.Create(s_initializer, diagnostic));
        }
    }

    private static InvocationExpressionSyntax? CallIn(LambdaExpressionSyntax? lambda) => lambda?.Body switch
    {
        InvocationExpressionSyntax call => call,
        BlockSyntax { Statements.Count: 1 } block => block.Statements[0] switch
        {
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => call,
            ReturnStatementSyntax { Expression: InvocationExpressionSyntax call } => call,
            _ => null,
        },
        _ => null,
    };

    private static bool IsRecorded(SuppressionAnalysisContext context, SyntaxTree tree, InvocationExpressionSyntax call) =>
        context.GetSemanticModel(tree).GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol method && RecordedMethod.Of(method) is not null;

    /// <summary>The advice is given at the creation, and at each call that would go.</summary>
    private static bool AddsByRecordedCalls(SuppressionAnalysisContext context, SyntaxTree tree, SyntaxNode place)
    {
        if (place.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Expression: InvocationExpressionSyntax call })
            return IsRecorded(context, tree, call);
        return place.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation
            && context.GetSemanticModel(tree).GetTypeInfo(creation, context.CancellationToken).Type is { } type
            && type.GetMembers("Add").OfType<IMethodSymbol>().Any(static method => RecordedMethod.Of(method) is not null);
    }
}
