using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Tallies;

/// <summary>Which events are those of one agent.</summary>
internal enum AgentGrouping
{
    /// <summary>Those of one instance.</summary>
    ByInstance,

    /// <summary>Those of all instances that have its name.</summary>
    ByName,
}

/// <summary>What one agent did.</summary>
internal sealed class AgentTally
{
    private readonly TypeTally _types = new();
    private readonly UsageTally _usage = new();
    private readonly ActiveTime _active = new();
    private readonly HashSet<Guid> _instances = [];
    private int _failedCalls;

    public void Add(AgentEvent e)
    {
        _types.Add(e);
        if (e.Agent is { } agent)
            _instances.Add(agent.Id);
        if (e is ErrorEvent)
            return;
        _failedCalls += e.Status == EventStatus.Error ? 1 : 0;
        if (e.Duration is { } duration)
            _active.Add(e.Start, duration);
    }

    public void AddCounted(TokenUsage? usage, Cost cost) => _usage.Add(usage, cost);

    public AgentAnalytics Analytics(string? name) => new(name, _instances.Count == 1 ? _instances.Single() : null)
    {
        Counts = _types.Counts,
        FailedCalls = _failedCalls,
        Usage = _usage.Total,
        ActiveTime = _active.Total,
        Latencies = _types.Latencies,
    };
}
