using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;
using AgentOps.Events;

namespace AgentOps.Benchmarks.Gate;

/// <summary>How fast a log is read.</summary>
internal sealed class ReaderCases(GateReport report)
{
    private const int Count = 500_000;

    public void Measure()
    {
        Session session = Session.Start();
        for (int i = 0; i < Count; i++)
        {
            if (i % 10_000 == 0)
                Slices.WaitForSpare();
            Calls.Add(i, 1);
        }
        session.End();
        EventLogReader reader = EventLogReader.Open(RecorderHealth.Current.LogDirectory!);
        double best = 0;
        for (int run = 0; run < 7; run++)
        {
            long calls = 0;
            long start = Stopwatch.GetTimestamp();
            reader.ScanCalls((in RecordedCall call) => calls++);
            best = Math.Max(best, calls / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        report.AtLeast("millions of calls read a second", best / 1e6, 2, "M");
    }
}
