using AgentOps.Benchmarks.Gate;
using AgentOps.Benchmarks.Peers;
using AgentOps.Benchmarks.Subjects;
using BenchmarkDotNet.Attributes;

namespace AgentOps.Benchmarks;

/// <summary>The same call recorded here and by others.</summary>
[MemoryDiagnoser]
[Config(typeof(PacedConfig))]
public class PeerBenchmarks
{
    private readonly ProxyPeer _proxy = new();
    private BenchmarkLog _log = null!;
    private ActivityPeer _activity = null!;
    private LoggingPeer _logging = null!;
    private Session _session = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _log = new BenchmarkLog();
        _activity = new ActivityPeer();
        _logging = new LoggingPeer();
        _session = Session.Start();
    }

    [IterationSetup]
    public void WaitForLog() => Slices.WaitForSpare();

    [GlobalCleanup]
    public void CleanUp()
    {
        _session.Dispose();
        _logging.Dispose();
        _activity.Dispose();
        _log.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Recorded() => Calls.Add(1, 2);

    [Benchmark]
    public int OpenTelemetryActivity() => _activity.Add(1, 2);

    [Benchmark]
    public int CastleDynamicProxy() => _proxy.Add(1, 2);

    [Benchmark]
    public int AspectInjector() => WeavingPeer.Add(1, 2);

    [Benchmark]
    public int LoggerMessageToFile() => _logging.Add(1, 2);
}
