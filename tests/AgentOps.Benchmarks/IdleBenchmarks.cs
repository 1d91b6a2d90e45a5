using AgentOps.Benchmarks.Subjects;
using BenchmarkDotNet.Attributes;

namespace AgentOps.Benchmarks;

/// <summary>What marked methods cost while nothing is recorded.</summary>
[MemoryDiagnoser]
public class IdleBenchmarks
{
    private BenchmarkLog _log = null!;
    private Session? _elsewhere;

    /// <summary>Whether a session is open in the process, though not in this flow.</summary>
    [Params(false, true)]
    public bool SessionElsewhere { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _log = new BenchmarkLog();
        _elsewhere = SessionElsewhere ? Task.Run(static () => Session.Start()).GetAwaiter().GetResult() : null;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _elsewhere?.Dispose();
        _log.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Bare() => Calls.BareAdd(1, 2);

    [Benchmark]
    public int Marked() => Calls.Add(1, 2);
}
