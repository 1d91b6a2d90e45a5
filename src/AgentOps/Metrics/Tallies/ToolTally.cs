using AgentOps.Events;

namespace AgentOps.Metrics.Tallies;

/// <summary>The uses of one tool.</summary>
internal sealed class ToolTally
{
    private readonly LatencyHistogram _latency = new();
    private int _calls;
    private int _ended;
    private int _errors;
    private int _cancelled;

    public void Add(ToolEvent use)
    {
        _calls++;
        _ended += use.Status is EventStatus.Incomplete or EventStatus.Interrupted ? 0 : 1;
        _errors += use.Status == EventStatus.Error ? 1 : 0;
        _cancelled += use.Status == EventStatus.Cancelled ? 1 : 0;
        _latency.RecordIfEnded(use);
    }

    public ToolAnalytics Analytics(string name) => new(name) { Calls = _calls, Ended = _ended, Errors = _errors, Cancelled = _cancelled, Latency = _latency };
}
