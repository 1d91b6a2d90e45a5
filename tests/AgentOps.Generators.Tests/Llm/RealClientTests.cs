using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>The providers' own clients, with their HTTP and their readers of streams, against servers that speak the providers' wire formats.</summary>
public sealed class RealClientTests
{
    private const string TooMany = """{"error":{"message":"slow down","type":"rate_limit_error","code":"rate_limit_exceeded"},"type":"error"}""";

    private const string ChatUsage =
        """{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}""";

    private const string ResponseUsage =
        """{"input_tokens":100,"output_tokens":20,"total_tokens":120,"input_tokens_details":{"cached_tokens":64},"output_tokens_details":{"reasoning_tokens":8}}""";

    [Fact]
    public async Task OpenAI_chat()
    {
        await using var server = new LoopbackProvider(static (path, body) => (path.EndsWith("/chat/completions", StringComparison.Ordinal), Has(body, "limit"), Has(body, "\"stream\":true")) switch
        {
            (false, _, _) => ProviderReply.Json(TooMany, 404),
            (_, true, _) => ProviderReply.Json(TooMany, 429),
            (_, _, false) => ProviderReply.Json(
                $$$"""{"id":"c1","object":"chat.completion","created":1,"model":"gpt-5-2026","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"forty-two"}}],"usage":{{{ChatUsage}}}}"""),
            (_, _, true) => ProviderReply.Stream(
                Has(body, "cut"),
                [
                    Chunk("""[{"index":0,"delta":{"role":"assistant","content":"forty"},"finish_reason":null}]"""),
                    Chunk("""[{"index":0,"delta":{"content":"-two"},"finish_reason":null}]"""),
                ],
                [Chunk("""[{"index":0,"delta":{},"finish_reason":"stop"}]"""), Chunk("[]", $",\"usage\":{ChatUsage}"), (null, "[DONE]")]),
        });

        IReadOnlyDictionary<string, LlmEvent> calls = await RunAsync(
            $$"""
            using OpenAI.Chat;
            public static class Client
            {
                public static readonly ChatClient Chat = new("gpt-5", new System.ClientModel.ApiKeyCredential("k"), new OpenAI.OpenAIClientOptions { Endpoint = new("{{server.Address}}/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
            }
            """,
            """
            [RecordLlm] public static async Task<ChatCompletion> Value(string prompt) => (await Client.Chat.CompleteChatAsync(prompt)).Value;
            [RecordLlm] public static Task<System.ClientModel.ClientResult<ChatCompletion>> Wrapped(string prompt) => Client.Chat.CompleteChatAsync([new UserChatMessage(prompt)]);
            [RecordLlm] public static System.ClientModel.ClientResult<ChatCompletion> Blocking(string prompt) => Client.Chat.CompleteChat(prompt);
            [RecordLlm] public static IAsyncEnumerable<StreamingChatCompletionUpdate> Streamed(string prompt) => Client.Chat.CompleteChatStreamingAsync(prompt);
            [RecordLlm] public static IAsyncEnumerable<StreamingChatCompletionUpdate> CutOff(string prompt) => Client.Chat.CompleteChatStreamingAsync(prompt);
            [RecordLlm] public static async Task<ChatCompletion> Limited(string prompt) => (await Client.Chat.CompleteChatAsync(prompt)).Value;
            """,
            """
            await Model.Value("what?"); await Model.Wrapped("what?"); Model.Blocking("what?");
            await foreach (var update in Model.Streamed("what?")) { }
            """);

        foreach (string name in (string[])["Value", "Wrapped", "Blocking", "Streamed"])
        {
            Assert.Equal(("openai", "gpt-5-2026", "stop", "c1"), (calls[name].Provider, calls[name].Model, calls[name].FinishReason, calls[name].ResponseId));
            Assert.Equal((100L, 20L, 64L, 8L), (calls[name].Usage!.InputTokens, calls[name].Usage!.OutputTokens, calls[name].Usage!.CachedInputTokens, calls[name].Usage!.ReasoningTokens));
            Assert.Equal("\"forty-two\"", calls[name].Completion!.ToString());
        }
        Assert.NotNull(calls["Streamed"].TimeToFirstToken);
        AssertCutOffAndLimited(calls, "gpt-5-2026", known: null);
    }

    [Fact]
    public async Task OpenAI_responses()
    {
        await using var server = new LoopbackProvider(static (path, body) => (path.EndsWith("/responses", StringComparison.Ordinal), Has(body, "limit"), Has(body, "\"stream\":true")) switch
        {
            (false, _, _) => ProviderReply.Json(TooMany, 404),
            (_, true, _) => ProviderReply.Json(TooMany, 429),
            (_, _, false) => ProviderReply.Json(Response("completed")),
            (_, _, true) => ProviderReply.Stream(
                Has(body, "cut"),
                [
                    ("response.created", $$$"""{"type":"response.created","sequence_number":0,"response":{{{Response("in_progress")}}}}"""),
                    ("response.output_text.delta", """{"type":"response.output_text.delta","sequence_number":1,"item_id":"m","output_index":0,"content_index":0,"delta":"forty","logprobs":[]}"""),
                    ("response.output_text.delta", """{"type":"response.output_text.delta","sequence_number":2,"item_id":"m","output_index":0,"content_index":0,"delta":"-two","logprobs":[]}"""),
                ],
                [("response.completed", $$$"""{"type":"response.completed","sequence_number":3,"response":{{{Response("completed")}}}}""")]),
        });

        IReadOnlyDictionary<string, LlmEvent> calls = await RunAsync(
            $$"""
            using OpenAI.Responses;
            public static class Client
            {
                public static readonly ResponsesClient Responses = new(new System.ClientModel.ApiKeyCredential("k"), new ResponsesClientOptions { Endpoint = new("{{server.Address}}/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
                public static CreateResponseOptions Ask(string prompt, bool isStream) => new() { Model = "gpt-5", StreamingEnabled = isStream, InputItems = { ResponseItem.CreateUserMessageItem(prompt) } };
                public static async IAsyncEnumerable<StreamingResponseUpdate> Stream(string prompt) { await foreach (var update in await Responses.CreateResponseStreamingAsync(Ask(prompt, true))) yield return update; }
            }
            """,
            """
            [RecordLlm] public static async Task<ResponseResult> Value(CreateResponseOptions options) => (await Client.Responses.CreateResponseAsync(options)).Value;
            [RecordLlm] public static Task<System.ClientModel.ClientResult<ResponseResult>> Wrapped(CreateResponseOptions options) => Client.Responses.CreateResponseAsync(options);
            [RecordLlm] public static IAsyncEnumerable<StreamingResponseUpdate> Streamed(string prompt) => Client.Stream(prompt);
            [RecordLlm] public static IAsyncEnumerable<StreamingResponseUpdate> CutOff(string prompt) => Client.Stream(prompt);
            [RecordLlm] public static async Task<ResponseResult> Limited(string prompt) => (await Client.Responses.CreateResponseAsync(Client.Ask(prompt, false))).Value;
            """,
            """
            await Model.Value(Client.Ask("what?", false)); await Model.Wrapped(Client.Ask("what?", false));
            await foreach (var update in Model.Streamed("what?")) { }
            """);

        foreach (string name in (string[])["Value", "Wrapped", "Streamed"])
        {
            Assert.Equal(("openai", "gpt-5-2026", "completed", "resp_1"), (calls[name].Provider, calls[name].Model, calls[name].FinishReason, calls[name].ResponseId));
            Assert.Equal((100L, 20L, 64L, 8L), (calls[name].Usage!.InputTokens, calls[name].Usage!.OutputTokens, calls[name].Usage!.CachedInputTokens, calls[name].Usage!.ReasoningTokens));
            Assert.Equal("\"forty-two\"", calls[name].Completion!.ToString());
        }
        Assert.Equal("gpt-5", calls["Value"].RequestModel);
        AssertCutOffAndLimited(calls, "gpt-5-2026", known: null);
    }

    [Fact]
    public async Task Anthropic_messages()
    {
        await using var server = new LoopbackProvider(static (path, body) => (path.EndsWith("/messages", StringComparison.Ordinal), Has(body, "limit"), Has(body, "\"stream\":true")) switch
        {
            (false, _, _) => ProviderReply.Json(TooMany, 404),
            (_, true, _) => ProviderReply.Json(TooMany, 429),
            (_, _, false) => ProviderReply.Json(Message("""[{"type":"text","text":"forty-two"}]""", "\"end_turn\"", 20)),
            (_, _, true) => ProviderReply.Stream(
                Has(body, "cut"),
                [
                    ("message_start", $$$"""{"type":"message_start","message":{{{Message("[]", "null", 1)}}}}"""),
                    ("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""),
                    ("ping", """{"type":"ping"}"""),
                    ("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"forty"}}"""),
                    ("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"-two"}}"""),
                ],
                [
                    ("content_block_stop", """{"type":"content_block_stop","index":0}"""),
                    ("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":20}}"""),
                    ("message_stop", """{"type":"message_stop"}"""),
                ]),
        });

        IReadOnlyDictionary<string, LlmEvent> calls = await RunAsync(
            $$"""
            using Anthropic.Models.Messages;
            public static class Client
            {
                public static readonly Anthropic.AnthropicClient It = new() { BaseUrl = "{{server.Address}}", ApiKey = "k", MaxRetries = 0 };
                public static MessageCreateParams Ask(string prompt) => new() { Model = "claude-sonnet-4-5", MaxTokens = 100, Messages = [new UserMessageParam { Content = prompt }] };
            }
            """,
            """
            [RecordLlm] public static Task<Message> Value(MessageCreateParams request) => Client.It.Messages.Create(request);
            [RecordLlm] public static IAsyncEnumerable<RawMessageStreamEvent> Streamed(MessageCreateParams request) => Client.It.Messages.CreateStreaming(request);
            [RecordLlm] public static IAsyncEnumerable<RawMessageStreamEvent> CutOff(string prompt) => Client.It.Messages.CreateStreaming(Client.Ask(prompt));
            [RecordLlm] public static Task<Message> Limited(string prompt) => Client.It.Messages.Create(Client.Ask(prompt));
            """,
            """
            await Model.Value(Client.Ask("what?"));
            await foreach (var update in Model.Streamed(Client.Ask("what?"))) { }
            """);

        foreach (string name in (string[])["Value", "Streamed"])
        {
            Assert.Equal(("anthropic", "claude-sonnet-4-5-1", "end_turn", "msg_1"), (calls[name].Provider, calls[name].Model, calls[name].FinishReason, calls[name].ResponseId));
            Assert.Equal((164L, 20L, 64L), (calls[name].Usage!.InputTokens, calls[name].Usage!.OutputTokens, calls[name].Usage!.CachedInputTokens));
            Assert.Equal(("\"forty-two\"", "claude-sonnet-4-5"), (calls[name].Completion!.ToString(), calls[name].RequestModel));
        }
        AssertCutOffAndLimited(calls, "claude-sonnet-4-5-1", known: 164);
    }

    private static void AssertCutOffAndLimited(IReadOnlyDictionary<string, LlmEvent> calls, string model, long? known)
    {
        Assert.Equal((EventStatus.Error, model, "\"forty-two\""), (calls["CutOff"].Status, calls["CutOff"].Model, calls["CutOff"].Completion!.ToString()));
        Assert.Equal((known, null, null), (calls["CutOff"].Usage?.InputTokens, calls["CutOff"].Usage?.OutputTokens, calls["CutOff"].FinishReason));
        Assert.Equal((EventStatus.Error, null, null), (calls["Limited"].Status, calls["Limited"].Usage, calls["Limited"].Completion));
    }

    private static async Task<IReadOnlyDictionary<string, LlmEvent>> RunAsync(string declarations, string methods, string body)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{declarations.Replace("public static class Client", "#pragma warning disable OPENAI001 // Types that may still change.\npublic static class Client", StringComparison.Ordinal)}}
            public static class Model
            {
            {{methods}}
            }
            """,
            body + """

            try { await foreach (var update in Model.CutOff("cut")) { } Check.That(false); } catch (Exception e) when (e is not OperationCanceledException && !e.Message.Contains("unrecorded")) { }
            try { await Model.Limited("limit"); Check.That(false); } catch (Exception e) when (!e.Message.Contains("unrecorded")) { }
            """);
        Assert.Contains(run.Errors, static e => (e.ErrorType + e.Details).Contains("429", StringComparison.Ordinal) || e.ErrorType.Contains("RateLimit", StringComparison.Ordinal));
        return run.Events.OfType<LlmEvent>().ToDictionary(static e => e.Name!);
    }

    private static bool Has(string body, string text) => body.Replace(" ", "", StringComparison.Ordinal).Contains(text, StringComparison.Ordinal);

    private static (string?, string) Chunk(string choices, string more = "") =>
        (null, $$$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2026","choices":{{{choices}}}{{{more}}}}""");

    private static string Response(string status)
    {
        string output = status == "completed"
            ? """{"type":"message","id":"m","role":"assistant","status":"completed","content":[{"type":"output_text","text":"forty-two","annotations":[]}]}"""
            : "";
        string usage = status == "completed" ? ResponseUsage : "null";
        return $$$"""{"id":"resp_1","object":"response","created_at":1,"status":"{{{status}}}","model":"gpt-5-2026","output":[{{{output}}}],"usage":{{{usage}}}}""";
    }

    private static string Message(string content, string stop, int output) =>
        $$$"""{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-1","content":{{{content}}},"stop_reason":{{{stop}}},"stop_sequence":null,"usage":{"input_tokens":100,"output_tokens":{{{output}}},"cache_read_input_tokens":64,"cache_creation_input_tokens":0}}""";
}
