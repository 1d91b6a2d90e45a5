using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using AgentOps.Metrics;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>What was billed once counts once, however many layers record it.</summary>
public sealed class LayerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Layers_around_a_tool_loop_report_what_was_billed()
    {
        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => new ToolLoopClient(ThreeTurns().Recorded()).Recorded().GetResponseAsync("?", WithWeather(), Token));

        LlmEvent outer = events.OfType<LlmEvent>().Single(static e => e.IsAggregate);
        Assert.Equal((300, 30), (outer.Usage?.InputTokens, outer.Usage?.OutputTokens));
        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Streamed_layers_around_a_tool_loop_report_what_was_billed()
    {
        IChatClient client = new ToolLoopClient(ThreeTurns().Recorded()).Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("?", WithWeather(), Token))
            {
            }
        });

        LlmEvent outer = events.OfType<LlmEvent>().Single(static e => e.IsAggregate);
        Assert.Equal((300, 30), (outer.Usage?.InputTokens, outer.Usage?.OutputTokens));
        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Recorder_above_a_tool_loop_alone_reports_what_was_billed()
    {
        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => new ToolLoopClient(ThreeTurns()).Recorded().GetResponseAsync("?", WithWeather(), Token));

        Assert.False(events.OfType<LlmEvent>().Single().IsAggregate);
        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Recorder_below_a_tool_loop_alone_reports_what_was_billed()
    {
        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => new ToolLoopClient(ThreeTurns().Recorded()).GetResponseAsync("?", WithWeather(), Token));

        Assert.Equal(3, events.OfType<LlmEvent>().Count(static e => !e.IsAggregate));
        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Requests_and_tools_of_a_loop_are_below_its_own_event()
    {
        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => new ToolLoopClient(ThreeTurns().Recorded()).Recorded().GetResponseAsync("?", WithWeather(), Token));

        Assert.Equal(["llms", "llms", "tools", "llms", "tools", "llms"], events.Select(static e => e.EventType));
        Assert.All(events.Skip(1), e => Assert.Equal(events[0].Id, e.ParentId));
    }

    [Fact]
    public async Task Aggregate_whose_inner_layer_answers_from_memory_still_counts()
    {
        var cached = new ChatResponse(new ChatMessage(ChatRole.Assistant, "known")) { Usage = new UsageDetails { InputTokenCount = 300, OutputTokenCount = 30 } };
        IChatClient client = new CachingClient(ThreeTurns().Recorded(), cached).Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => client.GetResponseAsync("?", cancellationToken: Token));

        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Recorded_client_in_a_recorded_method_is_below_it_and_counts_in_its_stead()
    {
        GeneratedProgram program = GeneratedProgram.Create(
            """
            using AgentOps;
            using Microsoft.Extensions.AI;

            public static class Agent
            {
                [RecordLlm] public static Task<ChatResponse> AskAsync(IChatClient client, ChatOptions options) => client.GetResponseAsync("?", options);
            }

            public static class Program
            {
                public static async Task<string> Run(IChatClient client, ChatOptions options) => (await Agent.AskAsync(client, options)).Text;
            }
            """);

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => program.RunAsync<string>(new ToolLoopClient(ThreeTurns().Recorded()), WithWeather()));

        LlmEvent method = events.OfType<LlmEvent>().Single(static e => e.Site!.Method.Contains("AskAsync", StringComparison.Ordinal));
        Assert.Equal(3, events.OfType<LlmEvent>().Count(e => e.ParentId == method.Id));
        Assert.Equal((300, 30), Counted(events));
    }

    [Fact]
    public async Task Parallel_requests_have_parents_of_their_own()
    {
        IChatClient client = new ToolLoopClient(ThreeTurns().Recorded()).Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => Task.WhenAll(Enumerable.Range(0, 8).Select(i => client.GetResponseAsync($"{i}", WithWeather(), Token))));

        LlmEvent[] outer = [.. events.OfType<LlmEvent>().Where(static e => e.IsAggregate)];
        Assert.Equal(8, outer.Length);
        Assert.All(outer, o => Assert.Equal(3, events.OfType<LlmEvent>().Count(e => e.ParentId == o.Id && e.Prompt!.ToString().Contains(o.Prompt!.ToString()[..^1], StringComparison.Ordinal))));
        Assert.Equal((2400, 240), Counted(events));
    }

    private static (long?, long?) Counted(IReadOnlyList<AgentEvent> events)
    {
        SessionAnalytics analytics = events.GetAnalytics(events[0].SessionId);
        Assert.Empty(analytics.UsageMismatches);
        return (analytics.Usage.Tokens.InputTokens, analytics.Usage.Tokens.OutputTokens);
    }

    private static ChatOptions WithWeather() => new() { Tools = [AIFunctionFactory.Create((string city) => $"sunny in {city}", "weather").Recorded()] };

    /// <summary>Wants the weather twice and then answers; 100 tokens in and 10 out each time.</summary>
    private static ScriptedClient ThreeTurns() => new()
    {
        OnResponse = static async (messages, _, _) =>
        {
            await Task.Yield();
            return Turn(messages);
        },
        OnStream = static (messages, _, _) => Turn(messages).ToChatResponseUpdates().ToAsyncEnumerable(),
    };

    private static ChatResponse Turn(IEnumerable<ChatMessage> messages)
    {
        int turn = messages.Count(static m => m.Role == ChatRole.Tool);
        AIContent content = turn < 2 ? new FunctionCallContent($"{turn}", "weather", new Dictionary<string, object?> { ["city"] = $"{turn}" }) : new TextContent("sunny");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [content])) { Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 } };
    }

    private sealed class CachingClient(IChatClient client, ChatResponse cached) : DelegatingChatClient(client)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(cached);
    }
}
