using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>Says of recorded calls that they break the promise of the method around them to make none.</summary>
internal static class LeafPromise
{
    public static void Analyze(OperationAnalysisContext context, CallUse recorded)
    {
        // What a lambda calls may run elsewhere.
        if (context.Operation.SemanticModel!.GetEnclosingSymbol(recorded.Place.SpanStart, context.CancellationToken) is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } around
            && RecordedMethod.IsMarked(around) && RecordedMethod.OfDeclaration(around) is { IsPromisedLeaf: true })
        {
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.BrokenLeaf, recorded.Place.GetLocation(), around.Name, recorded.MethodName));
        }
    }
}
