using AgentOps.Pricing;

namespace AgentOps.Metrics.Tallies;

/// <summary>Costs summed up.</summary>
internal sealed class CostSum
{
    private readonly SortedDictionary<CostReason, int> _reasons = [];
    private readonly List<string> _tables = [];
    private decimal _known;
    private int _knownCalls;
    private int _unknownCalls;

    public CostTotal Total => new()
    {
        Known = _knownCalls == 0 && _unknownCalls > 0 ? null : _known,
        KnownCalls = _knownCalls,
        UnknownCalls = _unknownCalls,
        Reasons = new Dictionary<CostReason, int>(_reasons),
        PriceTables = [.. _tables],
    };

    public void Add(Cost cost)
    {
        _reasons[cost.Reason] = _reasons.GetValueOrDefault(cost.Reason) + 1;
        if (cost.Usd is { } usd)
        {
            _known += usd;
            _knownCalls++;
        }
        else
        {
            _unknownCalls++;
        }
        if (cost.PriceTable is { } table && !_tables.Contains(table))
            _tables.Add(table);
    }
}
