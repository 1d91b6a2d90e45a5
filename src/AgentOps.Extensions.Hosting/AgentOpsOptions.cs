using AgentOps.Pricing;

namespace AgentOps.Extensions.Hosting;

/// <summary>How a host records. Read when the host starts; later changes have no effect.</summary>
public sealed class AgentOpsOptions
{
    /// <summary>Where and how to record. There is one recorder in a process: the host that starts first sets it up.</summary>
    public RecorderOptions Recorder { get; } = new();

    /// <summary>Whether what is recorded is published as the meter <c>AgentOps</c> while the host runs, see <see cref="AgentOps.Recorder.PublishMetrics"/>.</summary>
    public bool PublishMetrics { get; set; }

    /// <summary>What model calls are priced with in that meter; <see cref="PriceTable.Default"/> when left out.</summary>
    public PriceTable? Prices { get; set; }

    /// <summary>What was wrong with settings that were read, each in a sentence that says where and what to do.</summary>
    internal List<string> Problems { get; } = [];
}
