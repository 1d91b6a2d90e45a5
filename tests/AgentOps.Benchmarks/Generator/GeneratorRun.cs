using System.Globalization;
using AgentOps.Benchmarks.Gate;
using AgentOps.TestSupport;

namespace AgentOps.Benchmarks.Generator;

/// <summary>What the generator and the analyzers cost in the editor and in the build, beside the limits.</summary>
internal static class GeneratorRun
{
    public static int Run(string[] arguments)
    {
        var report = new GateReport(arguments.Contains("--strict"));
        int[] sizes = arguments.Contains("--small") ? [1000] : [1000, 3000];
        EditCosts? smaller = null;
        foreach (int files in sizes)
        {
            var project = new LargeProject(files);
            EditCosts costs = EditCases.Measure(project);
            GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"{files} files, {costs.Calls} calls, {costs.Sites} recorded"));
            report.Require("as many calls intercepted as are recorded", costs.Sites == LargeProject.Sites);
            double allowed = smaller is null ? 1 : 2;
            Check(report, "cold", costs.Cold, 1000 * allowed, null);
            GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"a generator that finds nothing in any file: {costs.IdleGenerator.Milliseconds:0.00} ms, {costs.IdleGenerator.Megabytes:0.00} MB"));
            // What the compiler's own driver takes to look at every file is in both, and is more than the limit by itself.
            Check(report, "edit in a body elsewhere, over that", new Cost(costs.Elsewhere.Milliseconds - costs.IdleGenerator.Milliseconds, costs.Elsewhere.Megabytes), 2 * allowed, 0.5 * allowed);
            Check(report, "edit in a file with calls", costs.Caller, 12 * allowed, 1.5 * allowed);
            Check(report, "edit of a declaration", costs.Declaration, 1000 * allowed, null);
            GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"an analyzer that looks at nothing: {costs.IdleAnalyzer.Milliseconds:0.00} ms, {costs.IdleAnalyzer.Megabytes:0.00} MB"));
            Check(report, "analyzers over that, edited file with calls", Over(costs.Analyzers, costs.IdleAnalyzer), 12 * allowed, null);
            Check(report, "analyzers over that, edited file elsewhere", Over(costs.AnalyzersElsewhere, costs.IdleAnalyzer), 5 * allowed, null);
            smaller ??= costs;
        }
        if (!arguments.Contains("--edits"))
            BuildCases.Measure(report, new LargeProject(sizes[0]));
        return report.Conclude();
    }

    private static Cost Over(Cost cost, Cost baseline) => new(cost.Milliseconds - baseline.Milliseconds, cost.Megabytes - baseline.Megabytes);

    private static void Check(GateReport report, string what, Cost cost, double milliseconds, double? megabytes)
    {
        report.AtMost(what, cost.Milliseconds, milliseconds, "ms");
        if (megabytes is { } limit)
            report.AtMost($"{what}, allocated", cost.Megabytes, limit, "MB");
        else
            GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"{what}, allocated: {cost.Megabytes:0.00} MB"));
    }
}
