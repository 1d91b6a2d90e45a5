namespace AgentOps.Benchmarks.Subjects;

/// <summary>A folder for the logs of one benchmark process, removed with it. Kept small: a benchmark writes more than any program.</summary>
public sealed class BenchmarkLog : IDisposable
{
    public BenchmarkLog()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("agentops-benchmark-").FullName;
        Recorder.Configure(new RecorderOptions { Directory = Directory, Application = "benchmark", MaxLogBytes = 64L << 20 });
    }

    public string Directory { get; }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
