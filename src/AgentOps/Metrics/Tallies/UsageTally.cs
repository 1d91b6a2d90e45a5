using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Tallies;

/// <summary>The usage and cost of counted model calls.</summary>
internal sealed class UsageTally
{
    private readonly UsageSum _tokens = new();
    private readonly CostSum _cost = new();
    private int _calls;

    public UsageTotal Total => new() { Calls = _calls, CallsWithUnknownUsage = _tokens.Unknown, Tokens = _tokens.Tokens, Cost = _cost.Total };

    public void Add(TokenUsage? usage, Cost cost)
    {
        _calls++;
        _tokens.Add(usage);
        _cost.Add(cost);
    }
}
