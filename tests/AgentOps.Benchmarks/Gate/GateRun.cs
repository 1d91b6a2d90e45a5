using System.Globalization;
using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>A short run that compares what recording costs with the limits, and fails when one is broken.</summary>
internal static class GateRun
{
    public static int Run(string[] arguments)
    {
        string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
        try
        {
            Recorder.Configure(new RecorderOptions { Directory = directory, Application = "gate", MaxLogBytes = 256L << 20, PoolValueTasks = true });
            var report = new GateReport(arguments.Contains("--strict"));
            using (var floor = new MappedFloor(directory))
                Measure(report, floor);
            return report.Conclude();
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Measure(GateReport report, MappedFloor floor)
    {
        new StartCases(report).Measure();
        new IdleCases(report).Measure();
        using Session session = Session.Start();
        new SyncCases(report, floor).Measure();
        new BudgetCases(report).Measure();
        new AsyncCases(report, floor).Measure();
        new ThreadCases(report, floor).Measure();
        new PeerCases(report).Measure();
        new ReaderCases(report).Measure();
        GateReport.Note(string.Create(CultureInfo.InvariantCulture, $"lost in the run: {RecorderHealth.Current.DroppedEvents} events"));
    }
}
