using System.Globalization;
using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>A short run that compares what recording costs with the limits, and fails when one is broken.</summary>
internal static class GateRun
{
    private static readonly string[] s_groups = ["start", "idle", "sync", "budget", "async", "thread", "peer", "reader"];

    /// <summary>Runs all groups of cases, or those that are named: <c>gate sync budget</c>.</summary>
    public static int Run(string[] arguments)
    {
        string[] named = [.. arguments.Where(static argument => argument != "--strict")];
        if (named.Except(s_groups).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no group of cases '{unknown}'; there are {string.Join(", ", s_groups)}.");
            return 2;
        }
        string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
        try
        {
            Recorder.Configure(new RecorderOptions { Directory = directory, Application = "gate", MaxLogBytes = 256L << 20, PoolValueTasks = true });
            var report = new GateReport(arguments.Contains("--strict"));
            using (var floor = new MappedFloor(directory))
                Measure(report, floor, named.Length == 0 ? s_groups : named);
            return report.Conclude();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Measure(GateReport report, MappedFloor floor, string[] groups)
    {
        // These two see a process in which no session is open.
        if (groups.Contains("start"))
            new StartCases(report).Measure();
        if (groups.Contains("idle"))
            new IdleCases(report).Measure();
        using Session session = Session.Start();
        if (groups.Contains("sync"))
            new SyncCases(report, floor).Measure();
        if (groups.Contains("budget"))
            new BudgetCases(report).Measure();
        if (groups.Contains("async"))
            new AsyncCases(report, floor).Measure();
        if (groups.Contains("thread"))
            new ThreadCases(report, floor).Measure();
        if (groups.Contains("peer"))
            new PeerCases(report).Measure();
        if (groups.Contains("reader"))
            new ReaderCases(report).Measure();
        GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"lost in the run: {RecorderHealth.Current.DroppedEvents} events"));
    }
}
