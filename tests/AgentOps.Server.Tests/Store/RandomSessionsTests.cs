using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Tests.Support;
using static AgentOps.Server.Tests.Support.Events;

namespace AgentOps.Server.Tests.Store;

/// <summary>Random sessions, cut into random batches that come in any order and more than once, add up to what the runtime works out from the same events.</summary>
public sealed class RandomSessionsTests
{
    [Fact]
    public async Task Sums_equal_the_analytics_of_the_same_events()
    {
        int seed = TestSeed.Value;
        var random = new Random(seed);
        for (int round = 0; round < 12; round++)
        {
            using var folder = new TemporaryFolder();
            await using SqliteEventStore store = SqliteEventStore.Open(folder.Combine("agentops.db"));
            List<AgentEvent> events = Make(random);
            await Deliver(store, events, random);
            LogAnalytics expected = ((IReadOnlyList<AgentEvent>)events).GetAnalytics();

            var scope = new Scope(null, Morning.AddHours(-1), Morning.AddHours(8));
            IReadOnlyList<RollUpRow> rows = await store.ReadRollUpsAsync(scope, TimeSpan.FromHours(random.Next(2) == 0 ? 1 : 0.25), withHistograms: true);
            var sums = new Dictionary<RecordKind, Measures>();
            foreach (RollUpRow row in rows)
            {
                if (!sums.TryGetValue(row.Key.Kind, out Measures? sum))
                    sums.Add(row.Key.Kind, sum = new Measures());
                sum.Add(row.Measures);
            }

            string context = $"seed {seed}, round {round}";
            Measures llm = sums.GetValueOrDefault(RecordKind.Llm) ?? new Measures();
            Assert.True(
                expected.Counts == new EventCounts((int)llm.Events, Count(RecordKind.Tool), Count(RecordKind.Action), Count(RecordKind.Error)), context);
            Assert.True((expected.Usage.Calls, expected.Usage.CallsWithUnknownUsage) == (llm.Counted, llm.UnknownUsage), context);
            Assert.True((expected.Usage.Tokens.InputTokens, expected.Usage.Tokens.OutputTokens, expected.Usage.Tokens.CachedInputTokens) == (llm.Input, llm.Output, llm.Cached), context);
            Assert.True(expected.Usage.Cost.Known == (llm.KnownCostNano is { } nano ? NanoUsd.ToUsd(nano) : null), context);
            Assert.True(expected.Usage.Cost.UnknownCalls == llm.Unpriced, context);
            foreach (double share in (double[])[0, 0.5, 0.95, 1])
                Assert.True(expected.Latencies.Llms.Quantile(share) == llm.Durations.Quantile(share), context);

            int Count(RecordKind kind) => (int)(sums.GetValueOrDefault(kind)?.Events ?? 0);
        }
    }

    [Fact]
    public async Task Each_session_equals_its_analytics()
    {
        int seed = TestSeed.Value;
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        await using SqliteEventStore store = SqliteEventStore.Open(folder.Combine("agentops.db"));
        List<AgentEvent> events = Make(random);
        await Deliver(store, events, random);

        foreach (Guid id in events.Select(static e => e.SessionId).Distinct())
        {
            SessionAnalytics expected = ((IReadOnlyList<AgentEvent>)events).GetAnalytics(id);
            SessionRow row = (await store.ReadSessionAsync(id))!.Session;
            string context = $"seed {seed}, session {id}";
            Assert.True(expected.Counts == new EventCounts(row.Llms, row.Tools, row.Actions, row.Errors), context);
            Assert.True((expected.Usage.Tokens.InputTokens, expected.Usage.Tokens.OutputTokens) == (row.InputTokens, row.OutputTokens), context);
            Assert.True(expected.Usage.Cost.Known == (row.CostNano is { } nano ? NanoUsd.ToUsd(nano) : null), context);
            Assert.True(expected.Duration == row.DurationAt(row.LastSeen), context);
            Assert.True((expected.Incomplete, expected.Interrupted) == (row.Incomplete, row.Interrupted), context);
        }
    }

    private static async Task Deliver(SqliteEventStore store, List<AgentEvent> events, Random random)
    {
        AgentEvent[] shuffled = [.. events];
        random.Shuffle(shuffled);
        for (int at = 0; at < shuffled.Length;)
        {
            int size = random.Next(1, 60);
            AgentEvent[] batch = shuffled[at..Math.Min(shuffled.Length, at + size)];
            for (int times = random.Next(1, 3); times > 0; times--)
                await store.AppendAsync(new EventBatch("app", batch));
            if (random.Next(3) == 0)
                await store.AppendAsync(new EventBatch("app", [.. batch.Where(static e => e.Status == EventStatus.Ok && e is ToolEvent or LlmEvent).Select(UnderWay)]));
            if (random.Next(2) == 0)
                await store.RollUpAsync();
            at += size;
        }
        await store.RollUpAsync();
    }

    private static List<AgentEvent> Make(Random random)
    {
        var events = new List<AgentEvent>();
        for (int sessions = random.Next(1, 8); sessions > 0; sessions--)
        {
            Guid id = Guid.CreateVersion7();
            double from = random.NextDouble() * 3600;
            events.Add(Start(id, from));
            var parents = new List<Guid?> { null };
            for (int calls = random.Next(40); calls > 0; calls--)
            {
                double start = from + (random.NextDouble() * 7200);
                Guid? parent = parents[random.Next(parents.Count)];
                AgentEvent call = random.Next(4) switch
                {
                    0 => Tool(id, $"tool{random.Next(3)}", start, start + random.NextDouble(), parent),
                    1 => Action(id, "step", start, start + random.NextDouble(), parent),
                    2 => Error(id, "System.Exception", $"message {random.Next(9)}", start, parent),
                    _ => MakeCall(random, id, start, parent),
                };
                if (call is not ErrorEvent && random.Next(10) == 0)
                    call = call with { Status = EventStatus.Error };
                if (call is not ErrorEvent && random.Next(15) == 0)
                    call = UnderWay(call);
                events.Add(call);
                parents.Add(call.Id);
            }
            if (random.Next(3) > 0)
                events.Add(End(id, from + 8000, (EndState)random.Next(3)));
        }
        return events;
    }

    private static LlmEvent MakeCall(Random random, Guid session, double start, Guid? parent)
    {
        string model = random.Next(3) switch { 0 => "gpt-5", 1 => "claude-sonnet-4-5", _ => "house-model" };
        long? input = random.Next(4) == 0 ? null : random.Next(100_000);
        LlmEvent call = Llm(session, model, start, start + (random.NextDouble() * 30), input, input is null ? null : random.Next(5_000), parent);
        if (input is > 100 && random.Next(3) == 0)
            call = call with { Usage = call.Usage! with { CachedInputTokens = input / 2 } };
        return random.Next(4) == 0 ? call with { TimeToFirstToken = TimeSpan.FromMilliseconds(random.Next(1, 900)) } : call;
    }
}
