using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;
using ResearchAgent.Terminal;

namespace ResearchAgent.Tests.Terminal;

public sealed class UsageViewTests
{
    [Fact]
    public void A_total_of_known_costs_is_an_amount_and_a_count() =>
        Assert.Equal("Total $0.0125 for 2 calls", UsageView.TotalOf(Usage(0.0125m, 2, (CostReason.Priced, 2))));

    [Fact]
    public void A_total_says_how_much_is_not_in_it_and_why() =>
        Assert.Equal(
            "Total $0.01 for 1 call; [yellow]the cost of 3 calls is unknown[/] (tokens not known: 1, no price for the model: 2)",
            UsageView.TotalOf(Usage(0.01m, 1, (CostReason.UnknownUsage, 1), (CostReason.UnknownModel, 2), (CostReason.Reported, 1))));

    [Fact]
    public void A_total_of_which_nothing_is_known_is_no_amount() =>
        Assert.Equal(
            "Total: [yellow]the cost of 1 call is unknown[/] (no price for the service tier: 1)",
            UsageView.TotalOf(Usage(null, 0, (CostReason.UnknownServiceTier, 1))));

    private static UsageTotal Usage(decimal? known, int knownCalls, params (CostReason Reason, int Calls)[] reasons)
    {
        int calls = reasons.Sum(static r => r.Calls);
        return new UsageTotal
        {
            Calls = calls,
            CallsWithUnknownUsage = 0,
            Tokens = new TokenUsage(null, null),
            Cost = new CostTotal
            {
                Known = known,
                KnownCalls = knownCalls,
                UnknownCalls = calls - knownCalls,
                Reasons = reasons.ToDictionary(static r => r.Reason, static r => r.Calls),
                PriceTables = [],
            },
        };
    }
}
