using System.Collections.Immutable;
using AgentOps.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.TestSupport;

/// <summary>Every analyzer that the package brings, and every rule that they have. Found in the assembly, so that none can be forgotten.</summary>
public static class AllAnalyzers
{
    /// <summary>One of each, suppressors included.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Create() =>
    [
        .. typeof(RecordingGenerator).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The descriptors of all rules in the order of their ids; a rule may have several.</summary>
    public static ImmutableArray<DiagnosticDescriptor> Rules { get; } =
        [.. Create().SelectMany(static analyzer => analyzer.SupportedDiagnostics).Distinct().OrderBy(static rule => rule.Id, StringComparer.Ordinal)];
}
