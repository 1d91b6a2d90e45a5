using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Tallies;

/// <summary>The calls of one model.</summary>
internal sealed class ModelTally
{
    private readonly UsageTally _usage = new();
    private readonly LatencyHistogram _latency = new();
    private readonly LatencyHistogram _firstToken = new();
    private int _aggregates;
    private int _covered;
    private long _streamedTokens;
    private TimeSpan _streamedTime;

    public void AddCounted(LlmEvent call, TokenUsage? usage, Cost cost)
    {
        _usage.Add(usage, cost);
        if (call.TimeToFirstToken is not { } first)
            return;
        _firstToken.Record(first);
        if (usage?.OutputTokens is { } tokens && call.Duration is { } all && all > first)
        {
            _streamedTokens += tokens;
            _streamedTime += all - first;
        }
    }

    public void AddOther(CallCounting counting)
    {
        if (counting == CallCounting.Aggregate)
            _aggregates++;
        else
            _covered++;
    }

    public void AddInnermost(LlmEvent call) => _latency.RecordIfEnded(call);

    public ModelUsage Usage(string? model, string? provider)
    {
        UsageTotal total = _usage.Total;
        return new ModelUsage(model, provider)
        {
            Calls = total.Calls,
            Aggregates = _aggregates,
            Covered = _covered,
            CallsWithUnknownUsage = total.CallsWithUnknownUsage,
            Tokens = total.Tokens,
            Cost = total.Cost,
            Latency = _latency,
            TimeToFirstToken = _firstToken,
            TokensPerSecond = _streamedTime > TimeSpan.Zero ? _streamedTokens / _streamedTime.TotalSeconds : null,
        };
    }
}
