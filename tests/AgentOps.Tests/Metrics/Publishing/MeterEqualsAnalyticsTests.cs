using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics.Publishing;

/// <summary>The meter and the analytics of the same events give the same numbers, however the looks at the log fall.</summary>
[Collection(RunsAlone.Name)]
public sealed class MeterEqualsAnalyticsTests
{
    private static readonly PriceTable s_prices = PriceTable.Parse(
        """{ "version": "t", "unit": "USD per million tokens", "models": [{ "provider": "p", "model": "m0", "input": 1, "output": 10 }] }""");

    [Fact]
    public void Numbers_of_random_trees_are_equal() => TestSeed.Rounds(20, static random =>
    {
        using var meter = new HeardMeter(s_prices);
        var sessions = new List<Session>();
        for (int s = 0; s < 3; s++)
        {
            var session = Session.Start();
            sessions.Add(session);
            RecordTree(session, random, meter);
            if (random.Next(2) == 0)
                session.End((EndState)random.Next(3));
        }
        meter.Drain();

        AgentEvent[] events = [.. sessions.SelectMany(static s => s.ReadEvents())];
        LogAnalytics expected = events.GetAnalytics(s_prices);

        Assert.Equal(expected.Usage.Calls, meter.Sum("agentops.llm.calls"));
        Assert.Equal(expected.Usage.CallsWithUnknownUsage, meter.Sum("agentops.llm.calls", "agentops.usage.known", false));
        Assert.Equal(expected.Usage.Tokens.InputTokens ?? 0, meter.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "input"));
        Assert.Equal(expected.Usage.Tokens.OutputTokens ?? 0, meter.Sum("gen_ai.client.token.usage", "gen_ai.token.type", "output"));
        Assert.Equal((double)(expected.Usage.Cost.Known ?? 0), meter.Sum("agentops.llm.cost"), 9);
        Assert.Equal(expected.Usage.Cost.UnknownCalls, meter.Sum("agentops.llm.cost.unknown"));
        Assert.Equal(expected.Models.Sum(static m => m.Latency.Count), meter.Of("gen_ai.client.operation.duration").Count);
        Assert.Equal(expected.Counts.Llms, meter.Sum("agentops.events", "agentops.event.type", "llms"));
        Assert.Equal(expected.Counts.Tools, meter.Of("gen_ai.execute_tool.duration").Count);
        Assert.Equal(expected.Counts.Total, meter.Sum("agentops.events"));
        Assert.Equal(expected.EndStates.Values.Sum(), meter.Sum("agentops.sessions"));
        foreach (Session session in sessions)
            session.Dispose();
    });

    /// <summary>By hand parents come before what is inside them. Looks fall between trees.</summary>
    private static void RecordTree(Session session, Random random, HeardMeter meter)
    {
        for (int tree = random.Next(1, 4); tree > 0; tree--)
        {
            List<Guid?> places = [null];
            for (int i = random.Next(1, 12); i > 0; i--)
            {
                Guid? inside = places.Count == 1 ? null : places[random.Next(1, places.Count)];
                places.Add(random.Next(3) == 0 ? session.RecordTool(new ToolRecord("t") { ParentId = inside }) : session.RecordLlm(RandomCall(random, inside)));
            }
            if (random.Next(2) == 0)
                meter.Poll();
        }
    }

    private static LlmRecord RandomCall(Random random, Guid? inside) => new()
    {
        Model = $"m{random.Next(2)}",
        Provider = "p",
        ParentId = inside,
        PromptTokens = random.Next(2) == 0 ? null : random.Next(1000),
        CompletionTokens = random.Next(2) == 0 ? null : random.Next(1000),
        Cost = random.Next(4) == 0 ? random.Next(100) / 1000m : null,
    };
}
