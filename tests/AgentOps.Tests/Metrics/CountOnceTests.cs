using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

/// <summary>Model calls inside model calls: what was used once is in a sum once.</summary>
public sealed class CountOnceTests
{
    private readonly Guid _session = Guid.NewGuid();
    private readonly List<AgentEvent> _events = [];

    private SessionAnalytics Analytics => _events.GetAnalytics(_session);

    [Fact]
    public void Two_layers_that_both_report_300_30_for_100_10_and_200_20_report_300_30()
    {
        Guid outer = Llm(new TokenUsage(300, 30), model: "layer");
        Guid tool = Tool(outer);
        Llm(new TokenUsage(100, 10), inside: outer);
        Llm(new TokenUsage(200, 20), inside: tool);

        Assert.Equal(new TokenUsage(300, 30), Analytics.Usage.Tokens);
        Assert.Equal((2, 0), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage));
        Assert.Equal([("model", 2, 0, 0), ("layer", 0, 1, 0)], Analytics.Models.Select(Facts));
        Assert.Empty(Analytics.UsageMismatches);
    }

    [Fact]
    public void Layers_of_any_depth_count_what_is_innermost()
    {
        Guid inside = Guid.Empty;
        for (int depth = 0; depth < 4; depth++)
            inside = Llm(new TokenUsage(300, 30), inside: inside);
        Llm(new TokenUsage(300, 30), inside: inside);

        Assert.Equal((1, new TokenUsage(300, 30)), (Analytics.Usage.Calls, Analytics.Usage.Tokens));
    }

    [Fact]
    public void A_sum_that_is_not_that_of_what_is_inside_is_a_warning_and_what_is_inside_counts()
    {
        Guid outer = Llm(new TokenUsage(301, 30), model: "layer");
        Llm(new TokenUsage(100, 10), inside: outer);
        Llm(new TokenUsage(200, 20, 50), inside: outer);
        Llm(null, inside: outer);

        Assert.Equal(new UsageMismatch(outer, "layer", new TokenUsage(301, 30), new TokenUsage(300, 30, 50), 1), Assert.Single(Analytics.UsageMismatches));
        Assert.Equal((3, 1, new TokenUsage(300, 30, 50)), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage, Analytics.Usage.Tokens));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(50L)]
    public void A_layer_that_passes_fewer_parts_on_is_no_warning(long? cached)
    {
        Guid outer = Llm(new TokenUsage(300, 30, cached));
        Llm(new TokenUsage(300, 30, 50, 7), inside: outer);

        Assert.Empty(Analytics.UsageMismatches);
    }

    [Fact]
    public void Parts_that_both_state_and_differ_are_a_warning()
    {
        Guid outer = Llm(new TokenUsage(300, 30, 40));
        Llm(new TokenUsage(300, 30, 50), inside: outer);

        Assert.Equal(outer, Assert.Single(Analytics.UsageMismatches).EventId);
    }

    [Fact]
    public void A_call_that_says_nothing_is_no_call_of_unknown_usage_if_there_are_calls_inside()
    {
        Guid outer = Llm(null);
        Llm(new TokenUsage(100, 10), inside: outer);

        Assert.Equal((1, 0), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage));
        Assert.Empty(Analytics.UsageMismatches);
    }

    [Fact]
    public void Of_layers_that_all_say_nothing_the_innermost_is_the_call_of_unknown_usage()
    {
        Guid outer = Llm(null, model: "outer");
        Guid middle = Llm(null, inside: outer, model: "middle");
        Llm(null, inside: middle, model: "inner");

        Assert.Equal((1, 1), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage));
        Assert.Equal([("inner", 1, 0, 0), ("middle", 0, 1, 0), ("outer", 0, 1, 0)], Analytics.Models.Select(Facts));
    }

    [Fact]
    public void A_sum_counts_where_nothing_inside_says_anything_and_what_is_inside_is_not_unknown()
    {
        Guid outer = Llm(new TokenUsage(300, 30), model: "outer");
        Llm(null, inside: Llm(null, inside: outer, model: "inside"), model: "inside");

        Assert.Equal((1, 0, new TokenUsage(300, 30)), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage, Analytics.Usage.Tokens));
        Assert.Equal([("outer", 1, 0, 0), ("inside", 0, 0, 2)], Analytics.Models.Select(Facts));
    }

    [Fact]
    public void Tokens_say_more_than_a_cost_and_a_cost_more_than_nothing()
    {
        Llm(null, cost: 5, inside: Llm(new TokenUsage(300, 30), cost: 2));
        Llm(null, inside: Llm(null, cost: 1));
        Llm(null, cost: 0.5m, inside: Llm(null, cost: 9));

        Assert.Equal(3.5m, Analytics.Usage.Cost.Known);
        Assert.Equal((3, 2, new TokenUsage(300, 30)), (Analytics.Usage.Calls, Analytics.Usage.CallsWithUnknownUsage, Analytics.Usage.Tokens));
    }

    [Fact]
    public void Calls_beside_one_another_all_count()
    {
        Guid step = Tool(Guid.Empty);
        Llm(new TokenUsage(1, 1), inside: step);
        Llm(new TokenUsage(2, 2), inside: step);
        Llm(new TokenUsage(4, 4));

        Assert.Equal(new TokenUsage(7, 7), Analytics.Usage.Tokens);
    }

    [Fact]
    public void Links_into_other_sessions_do_not_count()
    {
        Guid outer = Llm(new TokenUsage(1, 1));
        var other = Guid.NewGuid();
        _events.Add(new LlmEvent { Id = Guid.NewGuid(), SessionId = other, ParentId = outer, Start = default, Usage = new TokenUsage(2, 2) });

        Assert.Equal(new TokenUsage(3, 3), ((IReadOnlyList<AgentEvent>)_events).GetAnalytics().Usage.Tokens);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Calls_in_a_circle_count_once_each_at_most_and_reading_ends(int length)
    {
        Guid[] ids = [.. Enumerable.Range(0, length).Select(static _ => Guid.NewGuid())];
        for (int i = 0; i < length; i++)
            _events.Add(new LlmEvent { Id = ids[i], SessionId = _session, ParentId = ids[(i + 1) % length], Start = default, Usage = new TokenUsage(1, 1) });
        Llm(new TokenUsage(10, 10), inside: ids[0]);

        Assert.Equal((1, new TokenUsage(10, 10)), (Analytics.Usage.Calls, Analytics.Usage.Tokens));
    }

    [Fact]
    public void Tools_in_a_circle_lie_in_no_call()
    {
        (Guid a, Guid b) = (Guid.NewGuid(), Guid.NewGuid());
        _events.Add(new ToolEvent { Id = a, SessionId = _session, ParentId = b, Start = default, Name = "a" });
        _events.Add(new ToolEvent { Id = b, SessionId = _session, ParentId = a, Start = default, Name = "b" });
        Llm(new TokenUsage(1, 1), inside: a);
        Llm(new TokenUsage(2, 2), inside: b);

        Assert.Equal(new TokenUsage(3, 3), Analytics.Usage.Tokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chain_of_100_000_is_counted(bool ofModelCalls)
    {
        Guid inside = Llm(new TokenUsage(9, 9));
        for (int i = 0; i < 100_000; i++)
            inside = ofModelCalls ? Llm(new TokenUsage(9, 9), inside: inside) : Tool(inside);
        Llm(new TokenUsage(1, 1), inside: inside);

        CountedCalls counted = CountedCalls.Of(_events);

        Assert.Equal(1, _events.OfType<LlmEvent>().Count(e => counted.Of(e) == CallCounting.Counted));
        Assert.Equal(ofModelCalls ? 100_001 : 1, counted.Mismatches.Count);
    }

    private static (string?, int, int, int) Facts(ModelUsage model) => (model.Model, model.Calls, model.Aggregates, model.Covered);

    private Guid Llm(TokenUsage? usage, Guid inside = default, string model = "model", decimal? cost = null)
    {
        var call = new LlmEvent
        {
            Id = Guid.NewGuid(),
            SessionId = _session,
            ParentId = inside == default ? null : inside,
            Start = DateTimeOffset.UnixEpoch,
            Model = model,
            Usage = usage,
            ReportedCost = cost,
        };
        _events.Add(call);
        return call.Id;
    }

    private Guid Tool(Guid inside)
    {
        var tool = new ToolEvent { Id = Guid.NewGuid(), SessionId = _session, ParentId = inside == default ? null : inside, Start = default, Name = "t" };
        _events.Add(tool);
        return tool.Id;
    }
}
