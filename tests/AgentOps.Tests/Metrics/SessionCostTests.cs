using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tests.Metrics;

/// <summary>What sessions cost, by hand.</summary>
public sealed class SessionCostTests
{
    private static readonly PriceTable s_prices = PriceTable.Parse(
        """
        { "version": "t-1", "unit": "USD per million tokens", "models": [
            { "provider": "p", "model": "priced", "input": 2, "output": 10, "cacheRead": 0.2 },
            { "provider": "p", "model": "gratis", "input": 0, "output": 0 }] }
        """);

    [Fact]
    public void Costs_of_calls_are_summed_by_model_and_in_all()
    {
        using var session = Session.Start();
        // 900 × 2 + 100 × 0.2 + 50 × 10 = 2320; 500 × 2 + 20 × 10 = 1200 USD per million.
        session.RecordLlm(Call("priced", 1000, 50, cached: 100));
        session.RecordLlm(Call("priced", 500, 20));
        session.RecordLlm(Call("other", 500, 20, cost: 0.25m));

        SessionAnalytics analytics = session.GetAnalytics(s_prices);

        Assert.Equal(0.25352m, analytics.Usage.Cost.Known);
        Assert.Equal([("priced", 0.00352m), ("other", 0.25m)], analytics.Models.Select(static m => (m.Model!, m.Cost.Known!.Value)));
        Assert.Equal(["t-1"], analytics.Usage.Cost.PriceTables);
        Assert.Equal(0, analytics.Usage.Cost.UnknownShare);
    }

    [Fact]
    public void Unknown_costs_are_counted_by_reason_and_in_no_sum()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("priced", 1_000_000, 0));
        session.RecordLlm(Call("priced", null, null));
        session.RecordLlm(Call("nobody's", 1, 1));
        session.RecordLlm(Call("priced", 1, 1, tier: "express"));

        CostTotal cost = session.GetAnalytics(s_prices).Usage.Cost;

        Assert.Equal((2m, 1, 3, 0.75), (cost.Known, cost.KnownCalls, cost.UnknownCalls, cost.UnknownShare));
        Assert.Equal(
            [(CostReason.UnknownUsage, 1), (CostReason.UnknownModel, 1), (CostReason.UnknownServiceTier, 1), (CostReason.Priced, 1)],
            cost.Reasons.Select(static r => (r.Key, r.Value)));
    }

    [Fact]
    public void A_session_whose_costs_are_all_unknown_has_no_cost_and_not_zero()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("nobody's", 1, 1));

        CostTotal cost = session.GetAnalytics(s_prices).Usage.Cost;

        Assert.Equal((null, 1, 1.0), (cost.Known, cost.UnknownCalls, cost.UnknownShare));
        Assert.Empty(cost.PriceTables);
    }

    [Fact]
    public void A_session_without_model_calls_cost_nothing()
    {
        using var session = Session.Start();
        session.RecordTool(new ToolRecord("t"));

        CostTotal cost = session.GetAnalytics(s_prices).Usage.Cost;

        Assert.Equal((0m, 0, 0, 0.0), (cost.Known, cost.KnownCalls, cost.UnknownCalls, cost.UnknownShare));
    }

    [Fact]
    public void A_free_model_costs_zero_which_is_known_even_if_its_tokens_are_not()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("gratis", null, null));

        SessionAnalytics analytics = session.GetAnalytics(s_prices);

        Assert.Equal((0m, 1, 0), (analytics.Usage.Cost.Known, analytics.Usage.Cost.Reasons[CostReason.Free], analytics.Usage.Cost.UnknownCalls));
        Assert.Equal(1, analytics.Usage.CallsWithUnknownUsage);
    }

    [Fact]
    public void What_the_provider_reports_goes_before_the_price()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("priced", 1_000_000, 0, cost: 0.5m));

        CostTotal cost = session.GetAnalytics(s_prices).Usage.Cost;

        Assert.Equal((0.5m, 1), (cost.Known, cost.Reasons[CostReason.Reported]));
        Assert.Empty(cost.PriceTables);
    }

    [Fact]
    public void Prices_of_ones_own_change_the_cost_and_are_named()
    {
        using var session = Session.Start();
        session.RecordLlm(Call("priced", 1_000_000, 0));
        PriceTable dearer = s_prices.With(
            "deal-7", new ModelPrice { Provider = "p", Model = "priced", Rates = new TokenRates { Input = 3, Output = 1 } });

        Assert.Equal(2m, session.GetAnalytics(s_prices).Usage.Cost.Known);
        CostTotal cost = session.GetAnalytics(dearer).Usage.Cost;
        Assert.Equal(3m, cost.Known);
        Assert.Equal("deal-7", Assert.Single(cost.PriceTables));
    }

    [Fact]
    public void An_aggregate_costs_what_the_calls_inside_cost()
    {
        using var session = Session.Start();
        Guid outer = session.RecordLlm(Call("priced", 2_000_000, 0));
        session.RecordLlm(Call("priced", 1_000_000, 0, inside: outer));
        session.RecordLlm(Call("priced", 1_000_000, 0, inside: outer));

        CostTotal cost = session.GetAnalytics(s_prices).Usage.Cost;

        Assert.Equal((4m, 2), (cost.Known, cost.KnownCalls));
    }

    [Theory]
    [InlineData("79228162514264337593543950335")]
    [InlineData("1000000000.01")]
    [InlineData("-0.01")]
    public void A_reported_cost_that_cannot_be_is_unknown_and_in_no_sum(string reported)
    {
        var session = Guid.NewGuid();
        LlmEvent absurd = new() { Id = Guid.NewGuid(), SessionId = session, Start = default, ReportedCost = decimal.Parse(reported, System.Globalization.CultureInfo.InvariantCulture) };
        AgentEvent[] events = [absurd, absurd with { Id = Guid.NewGuid() }, absurd with { Id = Guid.NewGuid(), ReportedCost = 1 }];

        CostTotal cost = events.GetAnalytics(session, s_prices).Usage.Cost;

        Assert.Equal((1m, 1, 2), (cost.Known, cost.KnownCalls, cost.UnknownCalls));
    }

    private static LlmRecord Call(
        string model, long? input, long? output, long? cached = null, decimal? cost = null, string? tier = null, Guid? inside = null) => new()
    {
        Model = model,
        Provider = "p",
        PromptTokens = input,
        CompletionTokens = output,
        CachedPromptTokens = cached,
        Cost = cost,
        ServiceTier = tier,
        ParentId = inside,
    };
}
