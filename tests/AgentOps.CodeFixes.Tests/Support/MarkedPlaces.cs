using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.CodeFixes.Tests.Support;

/// <summary>Reports a rule at each place behind the comment <c>/*!*/</c>.</summary>
public abstract class MarkedPlaces(string ruleId) : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new DiagnosticDescriptor(ruleId, "A marked place", "This place is marked", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxTreeAction(c =>
        {
            foreach (SyntaxToken token in c.Tree.GetRoot(c.CancellationToken).DescendantTokens())
            {
                bool isMarked = token.LeadingTrivia.Concat(token.GetPreviousToken().TrailingTrivia).Any(static t => t.ToString() == "/*!*/");
                if (isMarked)
                    c.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], PlaceOf(token)));
            }
        });
    }

    private protected virtual Location PlaceOf(SyntaxToken token) => token.GetLocation();
}

public sealed class MissingSessionPlaces() : MarkedPlaces("AOPS0502");

public sealed class NotEndedPlaces() : MarkedPlaces("AOPS0504");

/// <summary>Reports whole calls.</summary>
public sealed class IgnoredPlaces() : MarkedPlaces("AOPS0503")
{
    private protected override Location PlaceOf(SyntaxToken token) =>
        token.Parent!.AncestorsAndSelf().TakeWhile(n => n.SpanStart == token.SpanStart).OfType<InvocationExpressionSyntax>().Last().GetLocation();
}
