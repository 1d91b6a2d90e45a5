using System.Collections.Immutable;
using AgentOps.Generators.Tests.Corpus;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>
/// The generator and all analyzers over sources that others wrote: while nothing in them is marked they are left alone, and once their
/// methods are marked each call is recorded, or it is said why it is not.
/// </summary>
public sealed class ForeignSourcesTests
{
    /// <summary>How many methods of a project are marked: what is generated for their calls takes the compiler its time.</summary>
    private static readonly int s_mostMarked = LongTests.Times(1_500, 5_000);

    public static TheoryData<string> Assemblies => [.. ForeignSources.Assemblies.Select(static assembly => assembly.Name)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Sources_of_others_are_told_nothing_and_have_nothing_generated(string name)
    {
        ForeignAssembly known = Known(name);
        DecompiledAssembly sources = ForeignSources.Of(name);

        GeneratorRunResult generated = GeneratedProgram.CreateDriver(isTracking: false)
            .RunGenerators(sources.Compilation, TestContext.Current.CancellationToken)
            .GetRunResult().Results.Single();
        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(sources.Compilation);

        Assert.Null(generated.Exception);
        Assert.Empty(generated.Diagnostics);
        Assert.Empty(reported);
        Assert.Equal(
            known.Factories,
            generated.GeneratedSources.Select(static file => file.HintName).Where(static file => file != "AgentOps.Adapters.g.cs").Select(static file => file.Split('.')[^5]).Order(StringComparer.Ordinal));
        Assert.InRange(sources.Compilation.SyntaxTrees.Length, known.Files, int.MaxValue);
        Assert.InRange(sources.Lines, known.Lines, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public async Task Marked_methods_of_others_are_recorded_wherever_they_are_called_or_it_is_said_why_not(string name)
    {
        ForeignAssembly known = Known(name);
        CSharpCompilation marked = MarkedSources.Mark(
            MarkedSources.Sound(ForeignSources.Of(name).Compilation, TestContext.Current.CancellationToken), s_mostMarked, TestContext.Current.CancellationToken);

        GeneratorRunResult generated = GeneratedProgram.CreateDriver(isTracking: false)
            .RunGeneratorsAndUpdateCompilation(marked, out Compilation updated, out _, TestContext.Current.CancellationToken)
            .GetRunResult().Results.Single();
        ImmutableArray<Diagnostic> reported = await AnalyzeAsync(marked);
        var uses = new UseCheck(reported);
        foreach (SyntaxTree tree in marked.SyntaxTrees)
            uses.Look(updated.GetSemanticModel(tree), TestContext.Current.CancellationToken);
        using var image = new MemoryStream();
        ImmutableArray<Diagnostic> emitted = updated.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics;

        Assert.Null(generated.Exception);
        Assert.DoesNotContain(reported, static d => d.Id == "AD0001");
        Assert.Empty(emitted.Where(static d => d.Severity == DiagnosticSeverity.Error
            || (d.Severity == DiagnosticSeverity.Warning && d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)));
        Assert.True(uses.Problems.Count == 0, string.Join('\n', uses.Problems.Take(20)));
        Assert.InRange(uses.Intercepted, known.Calls, int.MaxValue);
        Assert.NotEqual(0, uses.Refused);
    }

    private static ForeignAssembly Known(string name) => ForeignSources.Assemblies.Single(assembly => assembly.Name == name);

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CSharpCompilation compilation) => compilation
        .WithAnalyzers(AllAnalyzers.Create(), new AnalyzerOptions([], new BuildProperties(new Dictionary<string, string>())))
        .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
}
