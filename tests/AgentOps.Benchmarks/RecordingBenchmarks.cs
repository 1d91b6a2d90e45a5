using AgentOps.Benchmarks.Gate;
using AgentOps.Benchmarks.Subjects;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;

namespace AgentOps.Benchmarks;

/// <summary>What recording one call costs, by what the call is, as a ratio to the floor.</summary>
[MemoryDiagnoser]
[Config(typeof(PacedConfig))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class RecordingBenchmarks
{
    private const int StreamItems = 100;

    private static readonly string s_kilobyte = new('x', 1024);
    private static readonly string s_64Kilobytes = new('x', 64 * 1024);

    private readonly Subjects.Gate _gate = new();
    private readonly Box _box = new(3, 4, "a box of some kind");
    private BenchmarkLog _log = null!;
    private MappedFloor _floor = null!;
    private Session _session = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _log = new BenchmarkLog();
        _floor = new MappedFloor(_log.Directory);
        _session = Session.Start();
    }

    [IterationSetup]
    public void WaitForLog() => Slices.WaitForSpare();

    [GlobalCleanup]
    public void CleanUp()
    {
        _session.Dispose();
        _floor.Dispose();
        _log.Dispose();
    }

    [Benchmark(Baseline = true), BenchmarkCategory("call")]
    public int Floor() => _floor.Add(1, 2);

    [Benchmark, BenchmarkCategory("call")]
    public int Bare() => Calls.BareAdd(1, 2);

    [Benchmark, BenchmarkCategory("call")]
    public int Recorded() => Calls.Add(1, 2);

    [Benchmark, BenchmarkCategory("call")]
    public int RecordArgument() => Calls.Area(_box);

    [Benchmark, BenchmarkCategory("call")]
    public int ParentAndChild() => Calls.Outer(1, 2);

    [Benchmark(Baseline = true), BenchmarkCategory("1 KB text")]
    public int FloorKilobyte() => _floor.Length(s_kilobyte);

    [Benchmark, BenchmarkCategory("1 KB text")]
    public int RecordedKilobyte() => Calls.Length(s_kilobyte);

    [Benchmark(Baseline = true), BenchmarkCategory("64 KB text")]
    public int Floor64Kilobytes() => _floor.Length(s_64Kilobytes);

    [Benchmark, BenchmarkCategory("64 KB text")]
    public int Recorded64Kilobytes() => Calls.Length(s_64Kilobytes);

    [Benchmark(Baseline = true), BenchmarkCategory("completed task")]
    public int BareCompleted() => Calls.BareDone(1, 2).Result;

    [Benchmark, BenchmarkCategory("completed task")]
    public int RecordedCompleted() => Calls.Done(1, 2).Result;

    [Benchmark, BenchmarkCategory("completed task")]
    public int RecordedCompletedValueTask() => Calls.DoneValue(1, 2).Result;

    [Benchmark(Baseline = true), BenchmarkCategory("pending task")]
    public int BarePending()
    {
        Task<int> task = Calls.BarePending(_gate);
        _gate.Open();
        return task.Result;
    }

    [Benchmark, BenchmarkCategory("pending task")]
    public int RecordedPending()
    {
        Task<int> task = Calls.Pending(_gate);
        _gate.Open();
        return task.Result;
    }

    [Benchmark(Baseline = true), BenchmarkCategory("pending value task")]
    public int BarePendingValue()
    {
        ValueTask<int> task = Calls.BarePendingValue(_gate);
        _gate.Open();
        return task.Result;
    }

    [Benchmark, BenchmarkCategory("pending value task")]
    public int RecordedPendingValue()
    {
        ValueTask<int> task = Calls.PendingValue(_gate);
        _gate.Open();
        return task.Result;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = StreamItems), BenchmarkCategory("stream item")]
    public async Task<int> BareStream()
    {
        int sum = 0;
        await foreach (int item in Calls.BareStream(StreamItems))
            sum += item;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = StreamItems), BenchmarkCategory("stream item")]
    public async Task<int> RecordedStream()
    {
        int sum = 0;
        await foreach (int item in Calls.Stream(StreamItems))
            sum += item;
        return sum;
    }
}
