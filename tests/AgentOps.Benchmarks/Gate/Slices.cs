using System.Diagnostics;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What one case cost.</summary>
/// <param name="Name">The case.</param>
/// <param name="Nanoseconds">Tenth percentile over all slices, a call.</param>
/// <param name="Bytes">Median of what the measuring thread allocated, a call.</param>
internal sealed record Measurement(string Name, double Nanoseconds, double Bytes);

/// <summary>
/// Measures cases in short slices by turns, in random order, and takes the tenth percentile: what a case costs when nobody else
/// disturbs the machine. Only ratios within one run mean anything.
/// </summary>
internal sealed class Slices(int callsPerSlice, int rounds)
{
    private readonly List<(string Name, Action<int> Body, Action<int>? Prepare)> _cases = [];

    /// <param name="name">The case.</param>
    /// <param name="body">Makes as many calls as it is told.</param>
    /// <param name="prepare">What is done before a slice and is not measured.</param>
    public Slices Add(string name, Action<int> body, Action<int>? prepare = null)
    {
        _cases.Add((name, body, prepare));
        return this;
    }

    public IReadOnlyDictionary<string, Measurement> Measure()
    {
        WarmUp();
        var nanoseconds = _cases.Select(_ => new double[rounds]).ToArray();
        var bytes = _cases.Select(_ => new double[rounds]).ToArray();
        int[] order = [.. Enumerable.Range(0, _cases.Count)];
        var random = new Random(1);
        for (int round = 0; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (int index in order)
            {
                Action<int> body = _cases[index].Body;
                _cases[index].Prepare?.Invoke(callsPerSlice);
                WaitForSpare();
                long allocated = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                body(callsPerSlice);
                nanoseconds[index][round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / callsPerSlice;
                bytes[index][round] = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)callsPerSlice;
            }
        }
        return _cases.Select((measured, i) => new Measurement(measured.Name, Percentile(nanoseconds[i], 10), Percentile(bytes[i], 50)))
            .ToDictionary(static m => m.Name);
    }

    /// <summary>Lets tiered compilation finish: it recompiles in the background, some time after the calls.</summary>
    private void WarmUp()
    {
        for (int pass = 0; pass < 10; pass++)
        {
            foreach ((_, Action<int> body, _) in _cases)
            {
                for (int i = 0; i < 40; i++)
                    body(Math.Min(callsPerSlice, 250));
            }
            Thread.Sleep(200);
        }
    }

    /// <summary>A benchmark fills segments faster than any program; a slice begins when the next one is ready.</summary>
    public static void WaitForSpare()
    {
        while (Recorder.Log is { HasSpare: false })
            Thread.Sleep(1);
    }

    private static double Percentile(double[] values, int percent)
    {
        Array.Sort(values);
        return values[values.Length * percent / 100];
    }
}
