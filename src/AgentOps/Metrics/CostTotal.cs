using AgentOps.Pricing;

namespace AgentOps.Metrics;

/// <summary>What calls cost together. Unknown costs are counted beside the sum and never in it.</summary>
public sealed record CostTotal
{
    /// <summary>
    /// USD: the sum over the calls whose cost is known; <see langword="null"/> if there are calls and the cost of none is known.
    /// </summary>
    public required decimal? Known { get; init; }

    /// <summary>How many calls' cost is in the sum.</summary>
    public required int KnownCalls { get; init; }

    /// <summary>How many calls' cost is not, as it is unknown.</summary>
    public required int UnknownCalls { get; init; }

    /// <summary>Calls by why their cost is what it is, or why it is unknown. Reasons that no call has are left out.</summary>
    public required IReadOnlyDictionary<CostReason, int> Reasons { get; init; }

    /// <summary>The versions of the price tables that prices came from, in the order of their first use. Empty if all was reported.</summary>
    public required IReadOnlyList<string> PriceTables { get; init; }

    /// <summary>The share of the calls whose cost is unknown, from 0 to 1; 0 if there are none.</summary>
    public double UnknownShare => UnknownCalls == 0 ? 0 : (double)UnknownCalls / (KnownCalls + UnknownCalls);
}
