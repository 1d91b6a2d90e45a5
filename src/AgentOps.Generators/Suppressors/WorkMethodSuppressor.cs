using System.Collections.Immutable;
using AgentOps.Generators.Bodies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Suppressors;

/// <summary>
/// The method that does the work of a recorded partial one must have its signature and its name: advice to make it static, to return
/// another type, to leave out a parameter or to call it otherwise would break it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkMethodSuppressor : DiagnosticSuppressor
{
    private const string Reason = "The signature and name are those of the recorded partial method, whose body is generated around this one.";

    private static readonly SuppressionDescriptor[] s_all =
    [
        new("AOPSS101", "CA1822", Reason),
        new("AOPSS102", "CA1859", Reason),
        new("AOPSS103", "IDE0060", Reason),
        new("AOPSS104", "S1172", Reason),
        new("AOPSS105", "S2325", Reason),
        new("AOPSS106", "VSTHRD200", Reason),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [.. s_all];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (Array.Find(s_all, one => one.SuppressedDiagnosticId == diagnostic.Id) is { } suppression && IsOfWorkMethod(context, diagnostic.Location))
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
        }
    }

    private static bool IsOfWorkMethod(SuppressionAnalysisContext context, Location location)
    {
        if (location.SourceTree is not { } tree)
            return false;
        SyntaxNode place = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan);
        // What stands in the body is the user's own choice.
        return place.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && declaration.Identifier.ValueText.EndsWith(RecordedBody.CoreSuffix, StringComparison.Ordinal)
            && ((SyntaxNode?)declaration.Body ?? declaration.ExpressionBody) is { } body && location.SourceSpan.End <= body.SpanStart
            && context.GetSemanticModel(tree).GetDeclaredSymbol(declaration, context.CancellationToken) is { } method
            && RecordedBody.DoesWorkOfRecorded(method);
    }
}
