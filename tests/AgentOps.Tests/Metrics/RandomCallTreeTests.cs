using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tests.Metrics;

/// <summary>Sums of random call trees against a computation by definition, which asks every call anew what lies inside it.</summary>
public sealed class RandomCallTreeTests
{
    private static readonly PriceTable s_prices = PriceTable.Parse(
        """
        { "version": "t", "unit": "USD per million tokens", "models": [
            { "provider": "*", "model": "m0", "input": 1, "output": 10 },
            { "provider": "*", "model": "m1", "input": 3, "output": 7 },
            { "provider": "*", "model": "free", "input": 0, "output": 0 }] }
        """);

    private static readonly string[] s_models = ["m0", "m1", "free", "nobody's"];

    [Fact]
    public void The_sum_over_the_log_is_the_sum_over_the_calls_that_count() => TestSeed.Rounds(300, static random =>
    {
        AgentEvent[] events = RandomSession(random);
        LlmEvent[] counted = [.. events.OfType<LlmEvent>().Where(call => Counts(call, events))];
        decimal?[] costs = [.. counted.Select(s_prices.CostOf).Select(static c => c.Usd)];

        UsageTotal usage = events.GetAnalytics(s_prices).Usage;

        Assert.Equal(counted.Length, usage.Calls);
        Assert.Equal(Sum(counted, static u => u.InputTokens), usage.Tokens.InputTokens);
        Assert.Equal(Sum(counted, static u => u.OutputTokens), usage.Tokens.OutputTokens);
        Assert.Equal(Sum(counted, static u => u.CachedInputTokens), usage.Tokens.CachedInputTokens);
        Assert.Equal(counted.Count(static c => c.Usage is null), usage.CallsWithUnknownUsage);
        Assert.Equal(costs.Count(static c => c is null), usage.Cost.UnknownCalls);
        Assert.Equal(costs.Length > 0 && costs.All(static c => c is null) ? null : costs.Sum(static c => c ?? 0), usage.Cost.Known);
    });

    [Fact]
    public void Models_and_agents_add_up_to_the_whole() => TestSeed.Rounds(300, static random =>
    {
        AgentEvent[] events = RandomSession(random);

        SessionAnalytics all = events.GetAnalytics(events[0].SessionId, s_prices);

        Assert.Equal(Facts(all.Usage), Together(all.Agents.Select(static a => Facts(a.Usage))));
        Assert.Equal(
            Facts(all.Usage),
            Together(all.Models.Select(static m => (m.Calls, m.CallsWithUnknownUsage, m.Tokens.InputTokens ?? 0, m.Tokens.OutputTokens ?? 0, m.Cost.Known ?? 0, m.Cost.UnknownCalls))));
        Assert.Equal(all.Counts.Llms, all.Models.Sum(static m => m.Calls + m.Aggregates + m.Covered));
        Assert.Equal(all.Counts.Total, all.Agents.Sum(static a => a.Counts.Total));
        Assert.Equal(all.Counts.Tools, all.Tools.Sum(static t => t.Calls));
        Assert.Equal(all.Latencies.Llms.Count + all.Latencies.Tools.Count + all.Latencies.Actions.Count, all.CallSites.Sum(static s => s.Histogram.Count));
    });

    [Fact]
    public void The_order_of_events_does_not_matter() => TestSeed.Rounds(100, static random =>
    {
        AgentEvent[] events = RandomSession(random);
        (int, int, long, long, decimal, int) before = Facts(events.GetAnalytics(s_prices).Usage);

        random.Shuffle(events);

        Assert.Equal(before, Facts(events.GetAnalytics(s_prices).Usage));
    });

    /// <summary>A call counts if it says more than every call inside it, and no call around it says more than all inside that.</summary>
    private static bool Counts(LlmEvent call, AgentEvent[] events) =>
        SaysMoreThanInside(call, events) && !events.OfType<LlmEvent>().Any(outer => IsInside(call, outer, events) && SaysMoreThanInside(outer, events));

    private static bool SaysMoreThanInside(LlmEvent call, AgentEvent[] events) =>
        events.OfType<LlmEvent>().Where(inner => IsInside(inner, call, events)).All(inner => Says(inner) < Says(call));

    private static int Says(LlmEvent call) => call.Usage is not null ? 2 : call.ReportedCost is not null ? 1 : 0;

    private static bool IsInside(AgentEvent inner, AgentEvent outer, AgentEvent[] events)
    {
        AgentEvent? at = inner;
        do
        {
            at = Array.Find(events, e => e.Id == at!.ParentId);
        }
        while (at is not null && at.Id != outer.Id);
        return at is not null;
    }

    private static long? Sum(LlmEvent[] calls, Func<TokenUsage, long?> bucket)
    {
        long[] known = [.. calls.Select(c => c.Usage is { } usage ? bucket(usage) : null).OfType<long>()];
        return known.Length == 0 ? null : known.Sum();
    }

    private static (int, int, long, long, decimal, int) Facts(UsageTotal usage) =>
        (usage.Calls, usage.CallsWithUnknownUsage, usage.Tokens.InputTokens ?? 0, usage.Tokens.OutputTokens ?? 0, usage.Cost.Known ?? 0, usage.Cost.UnknownCalls);

    private static (int, int, long, long, decimal, int) Together(IEnumerable<(int, int, long, long, decimal, int)> parts) =>
        parts.Aggregate((0, 0, 0L, 0L, 0m, 0), static (a, b) => (a.Item1 + b.Item1, a.Item2 + b.Item2, a.Item3 + b.Item3, a.Item4 + b.Item4, a.Item5 + b.Item5, a.Item6 + b.Item6));

    private static AgentEvent[] RandomSession(Random random)
    {
        var session = Guid.NewGuid();
        AgentIdentity[] agents = [new(Guid.NewGuid(), "a"), new(Guid.NewGuid(), "b"), new(Guid.NewGuid(), "a")];
        var events = new List<AgentEvent>();
        for (int i = random.Next(1, 30); i > 0; i--)
        {
            Guid? inside = events.Count > 0 && random.Next(5) > 0 ? events[random.Next(events.Count)].Id : null;
            AgentEvent e = random.Next(4) switch
            {
                0 => new ToolEvent { Id = Guid.NewGuid(), SessionId = session, Start = default, Name = $"t{random.Next(3)}" },
                1 => new ActionEvent { Id = Guid.NewGuid(), SessionId = session, Start = default, ActionType = "a" },
                _ => RandomCall(session, random),
            };
            events.Add(e with
            {
                ParentId = inside,
                Agent = random.Next(4) is < 3 and int agent ? agents[agent] : null,
                Duration = random.Next(5) == 0 ? null : TimeSpan.FromTicks(random.NextInt64(1_000_000_000)),
            });
        }
        return [.. events];
    }

    private static LlmEvent RandomCall(Guid session, Random random) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = session,
        Start = default,
        Model = s_models[random.Next(s_models.Length)],
        ReportedCost = random.Next(4) == 0 ? random.Next(1000) / 1000m : null,
        Usage = random.Next(3) switch
        {
            0 => null,
            1 => new TokenUsage(random.Next(1000), null),
            _ => new TokenUsage(1000 + random.Next(1000), random.Next(1000), random.Next(1000)),
        },
    };
}
