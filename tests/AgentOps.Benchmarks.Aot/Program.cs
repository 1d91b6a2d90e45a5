using System.Diagnostics;
using AgentOps;
using AgentOps.Benchmarks.Gate;
using AgentOps.Benchmarks.Subjects;

string directory = Directory.CreateTempSubdirectory("agentops-gate-").FullName;
try
{
    Recorder.Configure(new RecorderOptions { Directory = directory, Application = "gate", MaxLogBytes = 64L << 20 });
    var report = new GateReport(isStrict: args.Contains("--strict"));
    long start = Stopwatch.GetTimestamp();
    Session.Start().End();
    report.AtMost("first session started, recorder and log included", Stopwatch.GetElapsedTime(start).TotalMilliseconds, 5, "ms");

    using var floor = new MappedFloor(directory);
    new IdleCases(report).Measure();
    using Session session = Session.Start();
    new SyncCases(report, floor).Measure();
    return report.Conclude();
}
finally
{
    Directory.Delete(directory, recursive: true);
}
