using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Tallies;

/// <summary>Counts and sums of events, in one pass over them.</summary>
internal sealed class EventTally
{
    private readonly TypeTally _types = new();
    private readonly UsageTally _usage = new();
    private readonly FirstSeen<(string? Model, string? Provider), ModelTally> _models = new();
    private readonly FirstSeen<(string? Name, Guid Id), AgentTally> _agents = new();
    private readonly FirstSeen<string, ToolTally> _tools = new();
    private readonly FirstSeen<(string Name, string EventType, CallSite? Site), SiteTally> _sites = new();
    private readonly CountedCalls _counted;
    private readonly AgentGrouping _grouping;
    private PriceTable? _prices;

    private EventTally(CountedCalls counted, AgentGrouping grouping, PriceTable? prices)
    {
        _counted = counted;
        _grouping = grouping;
        _prices = prices;
    }

    public EventCounts Counts => _types.Counts;

    public TypeLatencies Latencies => _types.Latencies;

    public UsageTotal Usage => _usage.Total;

    public IReadOnlyList<ModelUsage> Models =>
    [
        .. _models.All.Select(static m => m.Value.Usage(m.Key.Model, m.Key.Provider))
            .OrderByDescending(static m => m.Calls)
            .ThenBy(static m => m.Model, StringComparer.Ordinal)
            .ThenBy(static m => m.Provider, StringComparer.Ordinal),
    ];

    public IReadOnlyList<AgentAnalytics> Agents => [.. _agents.All.Select(static a => a.Value.Analytics(a.Key.Name))];

    public IReadOnlyList<ToolAnalytics> Tools => [.. _tools.All.Select(static t => t.Value.Analytics(t.Key))];

    public IReadOnlyList<CallSiteLatency> CallSites => [.. _sites.All.Select(static s => s.Value.Latency(s.Key.Name, s.Key.EventType, s.Key.Site))];

    public IReadOnlyList<UsageMismatch> UsageMismatches => _counted.Mismatches;

    public int Incomplete { get; private set; }

    public int Interrupted { get; private set; }

    public static EventTally Of(IReadOnlyList<AgentEvent> events, AgentGrouping grouping, PriceTable? prices)
    {
        var tally = new EventTally(CountedCalls.Of(events), grouping, prices);
        foreach (AgentEvent e in events)
            tally.Add(e);
        return tally;
    }

    private void Add(AgentEvent e)
    {
        if (e is not (ActionEvent or ToolEvent or LlmEvent or ErrorEvent))
            return;
        AgentTally agent = _agents[(e.Agent?.Name, _grouping == AgentGrouping.ByInstance && e.Agent is { } instance ? instance.Id : default)];
        agent.Add(e);
        _types.Add(e);
        Incomplete += e.Status == EventStatus.Incomplete ? 1 : 0;
        Interrupted += e.Status == EventStatus.Interrupted ? 1 : 0;
        if (e is not ErrorEvent)
            _sites[(NameOf(e), e.EventType, e.Site)].Add(e);
        if (e is ToolEvent tool)
            _tools[tool.Name].Add(tool);
        else if (e is LlmEvent llm)
            Add(llm, agent);
    }

    private void Add(LlmEvent call, AgentTally agent)
    {
        ModelTally model = _models[(call.Model, call.Provider)];
        if (_counted.IsInnermost(call))
            model.AddInnermost(call);
        CallCounting counting = _counted.Of(call);
        if (counting != CallCounting.Counted)
        {
            model.AddOther(counting);
            return;
        }
        TokenUsage? usage = SaneUsage.Of(call.Usage);
        // Read only where there is something to price: the built-in table takes a moment.
        Cost cost = (_prices ??= PriceTable.Default).CostOf(call);
        model.AddCounted(call, usage, cost);
        agent.AddCounted(usage, cost);
        _usage.Add(usage, cost);
    }

    private static string NameOf(AgentEvent e) => e is LlmEvent llm ? llm.Name ?? llm.DisplayName : e.DisplayName;
}
