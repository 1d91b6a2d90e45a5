using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentOps.Benchmarks.Peers;

/// <summary>The same call under OpenTelemetry .NET: an activity with three tags, sampled, through the batch processor to an exporter that drops it.</summary>
public sealed class ActivityPeer : IDisposable
{
    private static readonly ActivitySource s_source = new("AgentOps.Benchmarks");

    private readonly TracerProvider _provider = Sdk.CreateTracerProviderBuilder()
        .AddSource(s_source.Name)
        .SetSampler(new AlwaysOnSampler())
        .AddProcessor(new BatchActivityExportProcessor(new DroppingExporter(), maxQueueSize: 1 << 16))
        .Build();

    public int Add(int a, int b)
    {
        using Activity? activity = s_source.StartActivity("Add");
        activity?.SetTag("a", a);
        activity?.SetTag("b", b);
        int result = Calls.BareAdd(a, b);
        activity?.SetTag("result", result);
        return result;
    }

    public void Dispose() => _provider.Dispose();

    private sealed class DroppingExporter : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch) => ExportResult.Success;
    }
}
