using System.Collections.Immutable;
using System.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Benchmarks.Generator;

/// <summary>A median time and the median of what was allocated.</summary>
internal readonly record struct Cost(double Milliseconds, double Megabytes);

/// <summary>What each kind of edit costs in one project.</summary>
internal sealed record EditCosts(int Calls, int Sites, Cost Cold, Cost IdleGenerator, Cost Elsewhere, Cost Caller, Cost Declaration, Cost IdleAnalyzer, Cost Analyzers, Cost AnalyzersElsewhere);

/// <summary>Edits of a large project, each followed by a run of the generator as an editor would make it.</summary>
internal static class EditCases
{
    private const int ColdRuns = 5;
    private const int Edits = 21;

    public static EditCosts Measure(LargeProject project)
    {
        CSharpCompilation original = project.Compile();
        int calls = original.SyntaxTrees.Sum(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Count());
        GeneratorDriver? driver = null;
        Cost cold = Median(ColdRuns, run =>
        {
            CSharpCompilation fresh = original.WithAssemblyName($"Cold{run}");
            GeneratorDriver empty = GeneratedProgram.CreateDriver(isTracking: false);
            return () => driver = empty.RunGenerators(fresh);
        });
        int sites = driver!.GetRunResult().GeneratedTrees.Sum(static tree => tree.ToString().Split("[InterceptsLocation(").Length - 1);

        CSharpCompilation current = original;
        driver = CSharpGeneratorDriver.Create([new IdleGenerator().AsSourceGenerator()], parseOptions: GeneratedProgram.ParseOptions).RunGenerators(current);
        Cost idle = After((c, run) => project.EditBody(c, project.FileElsewhere, run));
        driver = GeneratedProgram.CreateDriver(isTracking: false).RunGenerators(current);
        Cost After(Func<CSharpCompilation, int, CSharpCompilation> edit) => Median(Edits, run =>
        {
            current = edit(current, run + 1);
            return () => driver = driver.RunGenerators(current);
        });
        Cost elsewhere = After((c, run) => project.EditBody(c, project.FileElsewhere, run));
        Cost caller = After((c, run) => project.EditBody(c, LargeProject.CallerFile, run));
        Cost declaration = After((c, run) => project.EditDeclaration(c, project.FileElsewhere, run));
        return new EditCosts(
            calls, sites, cold, idle, elsewhere, caller, declaration,
            Analyzers(project, original, LargeProject.CallerFile, [new IdleAnalyzer()]),
            Analyzers(project, original, LargeProject.CallerFile, AllAnalyzers.Create()),
            Analyzers(project, original, project.FileElsewhere, AllAnalyzers.Create()));
    }

    /// <summary>The analyzers on the file that is edited, which is what an editor asks for between keystrokes.</summary>
    private static Cost Analyzers(LargeProject project, CSharpCompilation compilation, int file, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options = new AnalyzerOptions([], new BuildProperties(new Dictionary<string, string> { ["ProjectDir"] = "/project/" }));
        CSharpCompilation current = compilation;
        return Median(Edits, run =>
        {
            current = project.EditBody(current, file, run + 1);
            SyntaxTree tree = current.SyntaxTrees.First(t => t.FilePath == LargeProject.PathOf(file));
            SemanticModel model = current.GetSemanticModel(tree);
            // The compiler's own diagnostics are asked for first and bind the file, with analyzers or without.
            model.GetDiagnostics();
            CompilationWithAnalyzers analysed = current.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(options, null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
            return () => analysed.GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None).GetAwaiter().GetResult();
        });
    }

    /// <summary>Prepares and measures by turns, so that only the run itself is counted.</summary>
    private static Cost Median(int runs, Func<int, Action> prepare)
    {
        double[] times = new double[runs];
        double[] bytes = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            Action action = prepare(run);
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            action();
            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            bytes[run] = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6;
        }
        Array.Sort(times);
        Array.Sort(bytes);
        return new Cost(times[runs / 2], bytes[runs / 2]);
    }
}
