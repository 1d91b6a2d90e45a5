using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>How threads stand beside each other, and what the slowest calls cost.</summary>
internal sealed class ThreadCases(GateReport report, MappedFloor floor)
{
    private const int Slice = 5_000;
    private const int Rounds = 201;

    public void Measure()
    {
        double one = PerCall(threads: 1);
        double two = PerCall(threads: 2);
        report.AtLeast("throughput of two threads, over that of one", 2 * one / two, 1.9, "x");
        // Interrupts, stolen time and what the host does to fresh pages hit the floor too; what recording adds is the difference.
        var pairs = new List<(double Least, double Recorded)>();
        for (int run = 0; run < 3; run++)
            pairs.Add((SlowestCalls(i => floor.Add(i, 1)), SlowestCalls(static i => Calls.Add(i, 1))));
        (double least, double recorded) = pairs.OrderBy(static p => p.Recorded - p.Least).ElementAt(1);
        GateReport.Note(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"99.99th percentile: floor {least:0.0} us, recorded {recorded:0.0} us"));
        report.AtMost("99.99th percentile of a recorded call, over the floor's", recorded - least, 10, "us");
    }

    /// <summary>Nanoseconds a call on each of some threads at once: tenth percentile of short slices.</summary>
    private static double PerCall(int threads)
    {
        double[][] slices = [.. Enumerable.Range(0, threads).Select(static _ => new double[Rounds])];
        using var start = new Barrier(threads);
        Thread[] running =
        [
            .. slices.Select(own => new Thread(() =>
            {
                for (int warm = 0; warm < 10; warm++)
                    RunSlice();
                for (int round = 0; round < Rounds; round++)
                {
                    Slices.WaitForSpare();
                    start.SignalAndWait();
                    own[round] = RunSlice();
                }
            })),
        ];
        foreach (Thread thread in running)
            thread.Start();
        foreach (Thread thread in running)
            thread.Join();
        double[] all = [.. slices.SelectMany(static s => s).Order()];
        return all[all.Length / 10];
    }

    private static double RunSlice()
    {
        int sum = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Slice; i++)
            sum += Calls.Add(i, 1);
        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Slice;
    }

    /// <summary>Microseconds that 9,999 of 10,000 calls stay below; 20,000 calls a second, as a busy agent makes them.</summary>
    private static double SlowestCalls(Func<int, int> call)
    {
        const int Count = 200_000;
        double[] microseconds = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(i);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < 10)
                Thread.SpinWait(1);
        }
        Array.Sort(microseconds);
        return microseconds[(int)(Count * 0.9999)];
    }
}
