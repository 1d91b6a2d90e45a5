using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>What is recorded of a request that is answered in pieces.</summary>
public sealed class StreamTests
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "How are you?")];

    private static readonly ChatResponseUpdate[] s_updates =
    [
        new(ChatRole.Assistant, "Fi") { ResponseId = "r1", ModelId = "gpt-5-2025" },
        new(ChatRole.Assistant, "ne.") { ConversationId = "c1" },
        new(ChatRole.Assistant, [new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon" })]),
        new() { FinishReason = ChatFinishReason.ToolCalls, Contents = [new UsageContent(new UsageDetails { InputTokenCount = 30, OutputTokenCount = 7 })] },
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_is_one_event_with_all_that_its_pieces_say()
    {
        IChatClient client = ScriptedClient.Streaming(s_updates).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => ReadAll(client));

        Assert.Equal(
            ("gpt-5-2025", "r1", "c1", "tool_calls", "Fine.", 4),
            (call.Model, call.ResponseId, call.ThreadId, call.FinishReason, call.Completion?.AsText(), call.ChunkCount));
        Assert.Equal(new TokenUsage(30, 7), call.Usage);
        Assert.Equal([new LlmToolCall("1", "weather", """{"city":"Lisbon"}""")], call.ToolCalls);
        Assert.NotNull(call.TimeToFirstToken);
        Assert.Equal(EventStatus.Ok, call.Status);
    }

    [Fact]
    public async Task Usage_of_several_pieces_is_added()
    {
        IChatClient client = ScriptedClient.Streaming(
            Usage(new UsageDetails { InputTokenCount = 30, OutputTokenCount = 1, AdditionalCounts = new() { ["searches"] = 1 } }),
            Usage(new UsageDetails { InputTokenCount = 5, OutputTokenCount = 6, AdditionalCounts = new() { ["searches"] = 2 } })).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => ReadAll(client));

        Assert.Equal(new TokenUsage(35, 7), call.Usage);
        Assert.Equal(3, call.RawUsage["searches"]);
    }

    [Fact]
    public async Task Stream_that_is_left_is_abandoned_with_what_is_known_and_usage_unknown()
    {
        IChatClient client = ScriptedClient.Streaming(s_updates).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(s_question, cancellationToken: Token))
                break;
        });

        Assert.Equal((EventStatus.Abandoned, "Fi", "gpt-5-2025", 1), (call.Status, call.Completion?.AsText(), call.Model, call.ChunkCount));
        Assert.Null(call.Usage);
    }

    [Fact]
    public async Task Stream_that_fails_has_the_error_and_what_came_before()
    {
        IChatClient client = new ScriptedClient { OnStream = static (_, _, _) => Failing(new IOException("reset")) }.Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => Assert.ThrowsAsync<IOException>(() => ReadAll(client)));

        LlmEvent call = events.OfType<LlmEvent>().Single();
        Assert.Equal((EventStatus.Error, "Fi", null), (call.Status, call.Completion?.AsText(), call.Usage));
        Assert.Equal(call.Id, events.OfType<ErrorEvent>().Single().ParentId);
    }

    [Fact]
    public async Task Cancelled_stream_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        IChatClient client = ScriptedClient.Streaming(s_updates).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(s_question, cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        }));

        Assert.Equal((EventStatus.Cancelled, 1), (call.Status, call.ChunkCount));
    }

    [Fact]
    public async Task Text_that_is_not_captured_still_has_a_first_token_and_usage()
    {
        IChatClient client = ScriptedClient.Streaming(s_updates).Recorded(new ModelRecordingOptions { Capture = Capture.None });

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => ReadAll(client));

        Assert.Equal((30, null), (call.Usage?.InputTokens, call.Completion?.AsText()));
        Assert.NotNull(call.TimeToFirstToken);
        Assert.Null(call.ToolCalls.Single().Arguments);
    }

    [Fact]
    public async Task What_is_recorded_while_the_stream_is_read_by_its_own_code_is_below_it()
    {
        IChatClient inner = ScriptedClient.Streaming(s_updates).Recorded(new ModelRecordingOptions { Name = "inner" });
        IChatClient outer = new ToolLoopClient(inner).Recorded(new ModelRecordingOptions { Name = "outer" });

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () =>
        {
            await foreach (ChatResponseUpdate update in outer.GetStreamingResponseAsync(s_question, cancellationToken: Token))
            {
                if (update.FinishReason is not null)
                    break;
            }
        });

        LlmEvent[] calls = [.. events.OfType<LlmEvent>()];
        Assert.Equal(["outer", "inner"], calls.Select(static c => c.Name));
        Assert.Equal(calls[0].Id, calls[1].ParentId);
    }

    private static async Task<List<ChatResponseUpdate>> ReadAll(IChatClient client)
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(s_question, cancellationToken: Token))
            updates.Add(update);
        return updates;
    }

    private static ChatResponseUpdate Usage(UsageDetails usage) => new() { Contents = [new UsageContent(usage)] };

    private static async IAsyncEnumerable<ChatResponseUpdate> Failing(Exception failure)
    {
        yield return s_updates[0];
        await Task.Yield();
        throw failure;
    }
}
