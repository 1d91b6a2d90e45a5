using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentOps.Benchmarks.Generator;

/// <summary>Looks at every file as the generator measured beside it does, and finds nothing: what the compiler takes for any generator that must see all files.</summary>
internal sealed class IdleGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<SyntaxTree> files = context.CompilationProvider.SelectMany(static (compilation, _) => compilation.SyntaxTrees.ToImmutableArray());
        IncrementalValueProvider<int> total = files.Select(static (file, _) => file.Length > 0).Collect().Select(static (seen, _) => seen.Count(static s => !s));
        IncrementalValuesProvider<bool> candidates = files.Combine(total).Select(static (pair, _) => pair.Right > 0).Where(static isCandidate => isCandidate);
        context.RegisterImplementationSourceOutput(candidates, static (_, _) => { });
    }
}
