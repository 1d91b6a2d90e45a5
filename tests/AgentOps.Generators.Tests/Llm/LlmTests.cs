using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>What is read from the results of model calls, with the types of the OpenAI package.</summary>
public sealed class LlmTests
{
    private const string Answers =
        """
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using OpenAI.Chat;
        #pragma warning disable OPENAI001 // The factory's longer overloads.
        public static class Answers
        {
            public static ChatTokenUsage Usage => OpenAIChatModelFactory.ChatTokenUsage(
                outputTokenCount: 20, inputTokenCount: 100, totalTokenCount: 120,
                outputTokenDetails: OpenAIChatModelFactory.ChatOutputTokenUsageDetails(reasoningTokenCount: 8),
                inputTokenDetails: OpenAIChatModelFactory.ChatInputTokenUsageDetails(cachedTokenCount: 64));
            public static ChatCompletion Completion => OpenAIChatModelFactory.ChatCompletion(model: "gpt-5-2026", content: new ChatMessageContent("forty-two"), usage: Usage);
            public static ChatCompletion Without => OpenAIChatModelFactory.ChatCompletion(model: null, content: new ChatMessageContent("forty-two"));
            public static StreamingChatCompletionUpdate Update(string text, string? model = null, ChatTokenUsage? usage = null) =>
                OpenAIChatModelFactory.StreamingChatCompletionUpdate(contentUpdate: new ChatMessageContent(text), model: model, usage: usage);
            public static ClientResult<T> Result<T>(T value) => ClientResult.FromValue(value, new Response());
            private sealed class Response : PipelineResponse
            {
                public override int Status => 200;
                public override string ReasonPhrase => "OK";
                public override System.IO.Stream? ContentStream { get; set; }
                public override BinaryData Content => BinaryData.FromString("");
                protected override PipelineResponseHeaders HeadersCore => throw new NotSupportedException();
                public override BinaryData BufferContent(CancellationToken cancellationToken = default) => Content;
                public override ValueTask<BinaryData> BufferContentAsync(CancellationToken cancellationToken = default) => new(Content);
                public override void Dispose() { }
            }
        }
        """;

    [Theory]
    [InlineData("ChatCompletion Ask(string prompt) => Answers.Completion;", "Model.Ask(\"?\");")]
    [InlineData("async Task<ChatCompletion> Ask(string prompt) { await Task.Yield(); return Answers.Completion; }", "await Model.Ask(\"?\");")]
    [InlineData("async ValueTask<ChatCompletion> Ask(string prompt) { await Task.Yield(); return Answers.Completion; }", "await Model.Ask(\"?\");")]
    [InlineData("ClientResult<ChatCompletion> Ask(string prompt) => Answers.Result(Answers.Completion);", "Model.Ask(\"?\");")]
    [InlineData("Task<ClientResult<ChatCompletion>> Ask(string prompt) => Task.FromResult(Answers.Result(Answers.Completion));", "await Model.Ask(\"?\");")]
    public async Task Completion_gives_model_and_all_token_counts(string method, string call)
    {
        LlmEvent llm = await AskAsync("[RecordLlm(Model = \"gpt-5\", Provider = \"openai\")]", method, call);

        Assert.Equal("gpt-5-2026", llm.Model);
        Assert.Equal("openai", llm.Provider);
        Assert.Equal(new TokenUsage(100, 20, 64, 8) { AudioInputTokens = 0, AudioOutputTokens = 0 }, llm.Usage);
        Assert.Equal("\"?\"", llm.Prompt!.ToString());
        Assert.Contains("forty-two", llm.Completion!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_without_usage_leaves_it_unknown_and_the_model_as_asked()
    {
        LlmEvent llm = await AskAsync("[RecordLlm(Model = \"gpt-5\")]", "ChatCompletion Ask(string prompt) => Answers.Without;", "Model.Ask(\"?\");");

        Assert.Equal("gpt-5", llm.Model);
        Assert.Null(llm.Usage);
        Assert.Equal("openai", llm.Provider);
    }

    [Fact]
    public async Task Counts_that_the_response_does_not_detail_are_unknown_and_not_zero()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm]",
            "ChatCompletion Ask() => OpenAIChatModelFactory.ChatCompletion(usage: OpenAIChatModelFactory.ChatTokenUsage(outputTokenCount: 2, inputTokenCount: 1));",
            "Model.Ask();");

        Assert.Equal(new TokenUsage(1, 2, null, null), llm.Usage);
    }

    [Fact]
    public async Task Missing_completion_is_no_failure()
    {
        LlmEvent llm = await AskAsync("[RecordLlm(Model = \"m\")]", "Task<ChatCompletion?> Ask() => Task.FromResult<ChatCompletion?>(null);", "await Model.Ask();");

        Assert.Equal((EventStatus.Ok, "m"), (llm.Status, llm.Model));
        Assert.Null(llm.Usage);
        Assert.Equal("null", llm.Completion!.ToString());
    }

    [Fact]
    public async Task Stream_puts_the_answer_together_and_takes_usage_from_its_last_update()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm(Model = \"gpt-5\", Provider = \"openai\")]",
            """
            async IAsyncEnumerable<StreamingChatCompletionUpdate> Ask(string prompt)
            {
                yield return Answers.Update("forty", "gpt-5-2026");
                await Task.Yield();
                yield return Answers.Update("-two");
                yield return Answers.Update("", usage: Answers.Usage);
            }
            """,
            "await foreach (var update in Model.Ask(\"?\")) { }");

        Assert.Equal("gpt-5-2026", llm.Model);
        Assert.Equal(new TokenUsage(100, 20, 64, 8) { AudioInputTokens = 0, AudioOutputTokens = 0 }, llm.Usage);
        Assert.Equal("\"forty-two\"", llm.Completion!.ToString());
        Assert.Equal("3", llm.Returns!.Property("item_count")!.ToString());
        Assert.InRange(llm.Returns.Property("time_to_first_ns")!.AsInt64()!.Value, 0, llm.DurationNanoseconds!.Value);
    }

    [Fact]
    public async Task Abandoned_stream_keeps_the_text_so_far_and_leaves_usage_unknown()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm]",
            """
            async IAsyncEnumerable<StreamingChatCompletionUpdate> Ask()
            {
                yield return Answers.Update("forty", "gpt-5-2026");
                await Task.Yield();
                yield return Answers.Update("-two");
                yield return Answers.Update("", usage: Answers.Usage);
            }
            """,
            "await foreach (var update in Model.Ask()) { if (update.ContentUpdate[0].Text == \"-two\") break; }");

        Assert.Equal((EventStatus.Abandoned, "gpt-5-2026", "\"forty-two\""), (llm.Status, llm.Model, llm.Completion!.ToString()));
        Assert.True(llm.Usage is null or { InputTokens: null, OutputTokens: null, CachedInputTokens: null, ReasoningTokens: null });
    }

    [Fact]
    public async Task Failed_stream_keeps_the_model_that_answered()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm]",
            """async IAsyncEnumerable<StreamingChatCompletionUpdate> Ask() { yield return Answers.Update("forty", "gpt-5-2026"); await Task.Yield(); throw new InvalidOperationException("cut"); }""",
            "try { await foreach (var update in Model.Ask()) { } } catch (InvalidOperationException) { }");

        Assert.Equal((EventStatus.Error, "gpt-5-2026"), (llm.Status, llm.Model));
    }

    [Theory]
    [InlineData("string Ask() => \"yes\";", "\"yes\"")]
    [InlineData("(string Model, int Usage) Ask() => (\"m\", 1);", """{"Model":"m","Usage":1}""")]
    [InlineData("object Ask() => Answers.Completion;", "\"<OpenAI.Chat.ChatCompletion>\"")]
    public async Task Result_of_an_unknown_type_leaves_usage_unknown(string method, string completion)
    {
        LlmEvent llm = await AskAsync("[RecordLlm(Model = \"mine\", Provider = \"house\")]", method, "Model.Ask();");

        Assert.Null(llm.Usage);
        Assert.Equal(("mine", "house", completion), (llm.Model, llm.Provider, llm.Completion!.ToString()));
    }

    [Fact]
    public async Task Failed_call_keeps_the_model_that_was_asked()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm(Model = \"gpt-5\")]",
            "Task<ChatCompletion> Ask(string prompt) => Task.FromException<ChatCompletion>(new TimeoutException(\"late\"));",
            "try { await Model.Ask(\"?\"); } catch (TimeoutException) { }");

        Assert.Equal((EventStatus.Error, "gpt-5", "\"?\""), (llm.Status, llm.Model, llm.Prompt!.ToString()));
        Assert.Null(llm.Completion);
    }

    [Theory]
    [InlineData("string Ask(int attempts, string prompt)", "1, \"p\"", "\"p\"")]
    [InlineData("string Ask(string system, string[] messages)", "\"s\", [\"m\"]", "[\"m\"]")]
    [InlineData("string Ask(string text)", "\"t\"", "\"t\"")]
    public async Task Prompt_is_the_parameter_that_is_called_so_else_the_first(string method, string arguments, string prompt)
    {
        LlmEvent llm = await AskAsync("[RecordLlm]", method + " => \"\";", $"Model.Ask({arguments});");

        Assert.Equal(prompt, llm.Prompt!.ToString());
    }

    [Fact]
    public async Task Messages_of_the_package_are_recorded_with_their_text()
    {
        LlmEvent llm = await AskAsync(
            "[RecordLlm]",
            "ChatCompletion Ask(IEnumerable<ChatMessage> messages) => Answers.Completion;",
            "Model.Ask(new List<ChatMessage> { new SystemChatMessage(\"be brief\"), new UserChatMessage(\"what is it?\") });");

        Assert.Contains("be brief", llm.Prompt!.ToString(), StringComparison.Ordinal);
        Assert.Contains("what is it?", llm.Prompt!.ToString(), StringComparison.Ordinal);
    }

    private static async Task<LlmEvent> AskAsync(string attribute, string method, string call)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Answers}}
            public static class Model
            {
                {{attribute}} public static {{method}}
            }
            """,
            call);
        return Assert.IsType<LlmEvent>(run.Call);
    }
}
