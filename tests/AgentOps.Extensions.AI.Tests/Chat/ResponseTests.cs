using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>What is recorded of a request that is answered at once.</summary>
public sealed class ResponseTests
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "How are you?")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_is_an_LLM_event_with_what_is_known_of_the_answer()
    {
        IChatClient client = ScriptedClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Fine."))
        {
            ModelId = "gpt-5-2025",
            ResponseId = "r1",
            ConversationId = "c1",
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 30, OutputTokenCount = 7, CachedInputTokenCount = 20, ReasoningTokenCount = 4 },
        }).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, new ChatOptions { ModelId = "gpt-5" }, Token));

        Assert.Equal(
            ("chat", "gpt-5-2025", "gpt-5", "r1", "c1", "stop", "Fine."),
            (call.Name, call.Model, call.RequestModel, call.ResponseId, call.ThreadId, call.FinishReason, call.Completion?.AsText()));
        Assert.Equal(new TokenUsage(30, 7, 20, 4), call.Usage);
        Assert.False(call.IsAggregate);
        Assert.Null(call.ChunkCount);
    }

    [Fact]
    public async Task Messages_are_the_prompt_by_role_and_text()
    {
        IChatClient client = new ScriptedClient().Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "How are you?") { AuthorName = "Ann" }], cancellationToken: Token));

        Assert.Equal("""[{"role":"system","content":"Be brief."},{"role":"user","name":"Ann","content":"How are you?"}]""", call.Prompt?.ToString());
    }

    [Fact]
    public async Task Messages_that_hold_more_than_text_are_written_in_parts()
    {
        IChatClient client = new ScriptedClient().Recorded();
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new TextReasoningContent("hm"), new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon" })]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "sunny")]),
            new(ChatRole.User, [new TextContent("and here?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("http://a/b.png", "image/png")]),
        ];

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(messages, cancellationToken: Token));

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"tool_call","id":"1","name":"weather","arguments":{"city":"Lisbon"}}]},"""
            + """{"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":"sunny"}]},"""
            + """{"role":"user","parts":[{"type":"text","content":"and here?"},{"type":"blob","mime_type":"image/png","bytes":3},{"type":"uri","mime_type":"image/png","uri":"http://a/b.png"}]}]""",
            call.Prompt?.ToString());
    }

    [Fact]
    public async Task Options_that_matter_are_params()
    {
        IChatClient client = new ScriptedClient().Recorded();
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            MaxOutputTokens = 100,
            Instructions = "Be kind.",
            StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.Json,
            ToolMode = ChatToolMode.RequireSpecific("weather"),
            Tools = [AIFunctionFactory.Create(() => "sunny", "weather"), new HostedWebSearchTool()],
        };

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, options, Token));

        Assert.Equal(
            """temperature=0.5 max_output_tokens=100 stop_sequences=["END"] response_format="json" tool_choice="weather" tools=["weather","web_search"] instructions="Be kind." """.TrimEnd(),
            string.Join(' ', call.Params.SkipLast(1).Select(static p => $"{p.Name}={p.Value}")));
        Assert.Equal("messages", call.Params[^1].Name);
    }

    [Fact]
    public async Task Tool_calls_of_the_answer_are_recorded_with_their_arguments()
    {
        IChatClient client = ScriptedClient.Answering(new ChatResponse(new ChatMessage(
            ChatRole.Assistant,
            [
                new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon", ["days"] = 2 }),
                new FunctionCallContent("2", "time"),
            ]))).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Equal([new LlmToolCall("1", "weather", """{"city":"Lisbon","days":2}"""), new LlmToolCall("2", "time", null)], call.ToolCalls);
        Assert.Null(call.Returns);
    }

    [Fact]
    public async Task Answer_that_is_more_than_text_and_tool_calls_is_returned_in_parts()
    {
        IChatClient client = ScriptedClient.Answering(new ChatResponse(
            new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("Fine.")]))).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Equal("Fine.", call.Completion?.AsText());
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"text","content":"Fine."}]}]""", call.Returns?.ToString());
    }

    [Fact]
    public async Task Answer_without_usage_has_unknown_usage()
    {
        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => new ScriptedClient().Recorded().GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Null(call.Usage);
    }

    [Fact]
    public async Task Client_s_default_model_and_provider_stand_where_the_request_names_none()
    {
        IChatClient client = new ScriptedClient { Metadata = new("mistral", null, "mistral-large") }.Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Equal(("mistral_ai", "mistral-large", "mistral-large"), (call.Provider, call.RequestModel, call.Model));
    }

    [Fact]
    public async Task Recording_options_win_over_what_the_client_says()
    {
        IChatClient client = new ScriptedClient { Metadata = new("openai", null, "gpt-5") }
            .Recorded(new ModelRecordingOptions { Name = "planner", Provider = "groq", Model = "llama" });

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Equal(("planner", "groq", "llama"), (call.Name, call.Provider, call.RequestModel));
    }

    [Fact]
    public async Task Site_is_where_the_client_was_wrapped_by_the_file_s_name_only()
    {
        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => new ScriptedClient().Recorded().GetResponseAsync(s_question, cancellationToken: Token));

        Assert.Equal(("ResponseTests.cs", true), (call.Site?.File, call.Site?.Line > 0));
    }

    [Theory]
    [InlineData(Capture.None)]
    [InlineData(Capture.Arguments)]
    [InlineData(Capture.Result)]
    public async Task What_is_not_captured_is_not_recorded_but_usage_is(Capture capture)
    {
        IChatClient client = ScriptedClient.Answering(new ChatResponse(
            new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("Fine."), new FunctionCallContent("1", "f", new Dictionary<string, object?>())]))
        {
            Usage = new UsageDetails { InputTokenCount = 1 },
        }).Recorded(new ModelRecordingOptions { Capture = capture });

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync(s_question, new ChatOptions { ModelId = "m" }, Token));

        Assert.Equal((1, "m", "f"), (call.Usage?.InputTokens, call.RequestModel, call.ToolCalls.Single().Name));
        Assert.Equal(capture.HasFlag(Capture.Arguments), call.Params.Count > 0);
        Assert.Equal(capture.HasFlag(Capture.Result), call.Completion is not null);
        Assert.Equal(capture.HasFlag(Capture.Result), call.Returns is not null);
        Assert.Equal(capture.HasFlag(Capture.Result), call.ToolCalls.Single().Arguments is not null);
    }

    [Fact]
    public async Task Failure_is_an_event_with_its_error()
    {
        IChatClient client = new ScriptedClient { OnResponse = static async (_, _, _) => { await Task.Yield(); throw new HttpRequestException("429"); } }.Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() => Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync(s_question, cancellationToken: Token)));

        Assert.Equal(EventStatus.Error, events.OfType<LlmEvent>().Single().Status);
        Assert.Equal(("System.Net.Http.HttpRequestException", events.OfType<LlmEvent>().Single().Id), events.OfType<ErrorEvent>().Select(static e => (e.ErrorType, e.ParentId!.Value)).Single());
    }

    [Fact]
    public async Task Cancelled_request_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        IChatClient client = new ScriptedClient { OnResponse = static async (_, _, token) => { await Task.Delay(Timeout.Infinite, token); return null!; } }.Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(async () =>
        {
            Task<ChatResponse> response = client.GetResponseAsync(s_question, cancellationToken: cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response);
        });

        Assert.Equal(EventStatus.Cancelled, call.Status);
    }
}
