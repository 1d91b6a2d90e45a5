using AgentOps.Events;

namespace AgentOps.Metrics.Tallies;

/// <summary>The calls of one site.</summary>
internal sealed class SiteTally
{
    private readonly LatencyHistogram _latency = new();
    private int _calls;
    private int _errors;

    public void Add(AgentEvent call)
    {
        _calls++;
        _errors += call.Status == EventStatus.Error ? 1 : 0;
        _latency.RecordIfEnded(call);
    }

    public CallSiteLatency Latency(string name, string eventType, CallSite? site) => new(name, eventType, site, _calls, _errors, _latency);
}
