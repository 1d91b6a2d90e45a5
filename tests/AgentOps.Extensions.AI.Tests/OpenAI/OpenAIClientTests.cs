using System.ClientModel;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.OpenAI;

/// <summary>A recorder around the real client of OpenAI's package, against a server that speaks its protocol.</summary>
public sealed class OpenAIClientTests
{
    private const string Hello = """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2025","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"},"finish_reason":null}]}""";
    private const string Lo = """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2025","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}""";
    private const string Usage = """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2025","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_is_recorded()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(static context => LoopbackServer.WriteAsync(context, Completion("Hello")));
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        Assert.Equal(
            ("openai", "gpt-5", "gpt-5-2025", "c1", "stop", "Hello"),
            (call.Provider, call.RequestModel, call.Model, call.ResponseId, call.FinishReason, call.Completion?.AsText()));
        Assert.Equal(new TokenUsage(12, 5, 4, 3), call.Usage);
    }

    [Fact]
    public async Task Streamed_answer_is_recorded()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(static context => LoopbackServer.StreamAsync(context, Hello, Lo, Usage, "[DONE]"));
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(async () => Assert.Equal("Hello", await ReadAsync(client)));

        Assert.Equal(
            ("openai", "gpt-5", "gpt-5-2025", "c1", "stop", "Hello", 3),
            (call.Provider, call.RequestModel, call.Model, call.ResponseId, call.FinishReason, call.Completion?.AsText(), call.ChunkCount));
        Assert.Equal(new TokenUsage(12, 5, 4, 3), call.Usage);
        Assert.InRange(call.TimeToFirstToken!.Value, TimeSpan.Zero, call.Duration!.Value);
    }

    [Fact]
    public async Task Stream_that_breaks_off_is_a_failure_with_what_came()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(static async context =>
        {
            await LoopbackServer.StreamAsync(context, Hello);
            context.Abort();
        });
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();
        Exception? seen = null;

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () => seen = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(client)));

        LlmEvent call = events.OfType<LlmEvent>().Single();
        Assert.Equal((EventStatus.Error, null), (call.Status, call.Usage));
        Assert.Equal(call.ChunkCount is null ? null : "Hel", call.Completion?.AsText());
        Assert.Equal((seen!.GetType().FullName, call.Id), events.OfType<ErrorEvent>().Select(static e => (e.ErrorType, e.ParentId!.Value)).Single());
    }

    [Fact]
    public async Task Refused_request_is_a_failure_with_the_client_s_own_exception()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(static context =>
            LoopbackServer.WriteAsync(context, """{"error":{"message":"Rate limit reached.","type":"requests","code":"rate_limit_exceeded"}}""", StatusCodes.Status429TooManyRequests));
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () =>
        {
            Assert.Equal(429, (await Assert.ThrowsAsync<ClientResultException>(() => client.GetResponseAsync("Hi", cancellationToken: Token))).Status);
            Assert.Equal(429, (await Assert.ThrowsAsync<ClientResultException>(() => ReadAsync(client))).Status);
        });

        Assert.Equal([EventStatus.Error, EventStatus.Error], events.OfType<LlmEvent>().Select(static e => e.Status));
        Assert.All(events.OfType<LlmEvent>(), static e => Assert.Equal(("gpt-5", null), (e.Model, e.Usage)));
        Assert.All(events.OfType<ErrorEvent>(), static e => Assert.Equal(typeof(ClientResultException).FullName, e.ErrorType));
    }

    [Fact]
    public async Task Stream_that_is_left_is_abandoned_and_the_server_sees_it()
    {
        var aborted = new TaskCompletionSource();
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            await LoopbackServer.StreamAsync(context, Hello);
            await aborted.Task;
        });
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
                break;
            await aborted.Task.WaitAsync(Token);
        });

        Assert.Equal((EventStatus.Abandoned, "Hel", null), (call.Status, call.Completion?.AsText(), call.Usage));
    }

    [Fact]
    public async Task Parallel_requests_are_recorded_each_with_its_own_answer()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(static async context =>
        {
            using JsonDocument request = await JsonDocument.ParseAsync(context.Request.Body);
            await LoopbackServer.WriteAsync(context, Completion("to " + request.RootElement.GetProperty("messages")[0].GetProperty("content")));
        });
        using IChatClient client = new OpenAIClientAdapter(server.Address).Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => Task.WhenAll(Enumerable.Range(0, 16).Select(i => client.GetResponseAsync($"{i}", cancellationToken: Token))));

        Assert.Equal(16, events.Count);
        Assert.All(events.Cast<LlmEvent>(), static e => Assert.Equal($$"""[{"role":"user","content":"{{e.Completion!.AsText()![3..]}}"}]""", e.Prompt?.ToString()));
        Assert.Equal(16, events.Cast<LlmEvent>().Select(static e => e.Completion!.AsText()).Distinct().Count());
    }

    private static async Task<string> ReadAsync(IChatClient client)
    {
        string text = "";
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
            text += update.Text;
        return text;
    }

    private static string Completion(string text) =>
        """
        {"id":"c1","object":"chat.completion","created":1,"model":"gpt-5-2025",
         "choices":[{"index":0,"message":{"role":"assistant","content":"TEXT"},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}}
        """.Replace("TEXT", text, StringComparison.Ordinal);
}
