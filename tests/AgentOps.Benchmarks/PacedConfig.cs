using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace AgentOps.Benchmarks;

/// <summary>
/// Short iterations with a pause between them: a benchmark that records without pause writes a gigabyte a second, and measures
/// the disk. Whoever uses this waits for the log in an iteration set-up.
/// </summary>
public sealed class PacedConfig : ManualConfig
{
    public PacedConfig() => AddJob(Job.Default
        .WithInvocationCount(4096)
        .WithUnrollFactor(16)
        .WithWarmupCount(60)
        .WithIterationCount(100));
}
