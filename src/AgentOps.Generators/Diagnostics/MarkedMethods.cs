using System.Collections.Concurrent;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Diagnostics;

/// <summary>The methods of a project whose marks have no effect because recording is switched off. One of them is named.</summary>
internal sealed class MarkedMethods
{
    private readonly ConcurrentBag<ISymbol> _methods = [];

    public void Add(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.Locations[0].IsInSource && RecordedMethod.Of(method) is not null)
            _methods.Add(method);
    }

    public void ReportSwitchedOff(CompilationAnalysisContext context)
    {
        ISymbol? first = _methods
            .OrderBy(static method => method.Locations[0].SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(static method => method.Locations[0].SourceSpan.Start)
            .FirstOrDefault();
        if (first is not null)
            context.ReportDiagnostic(Diagnostic.Create(RuleDescriptors.SwitchedOff, first.Locations[0], first.Name));
    }
}
