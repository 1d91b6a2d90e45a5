using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Results of types that no package has: read by their marks, else by what their members are called.</summary>
public sealed class OwnTypeTests
{
    [Theory]
    [InlineData("public record Reply(string Text, [property: TokenUsage(TokenKind.Input)] int Asked, [property: TokenUsage(TokenKind.Output)] long? Said);", "new Reply(\"hi\", 3, 4)", 3L, 4L)]
    [InlineData("public record Reply(string Text, [TokenUsage(TokenKind.Input)] int Asked, [TokenUsage(TokenKind.Output)] byte Said);", "new Reply(\"hi\", 3, 4)", 3L, 4L)]
    [InlineData("public record Bill(int InputTokens, int OutputTokens); public record Reply(string Text, [property: TokenUsage] Bill Price);", "new Reply(\"hi\", new(3, 4))", 3L, 4L)]
    [InlineData("public struct Reply { public string Text; [TokenUsage(TokenKind.Input)] internal uint Asked; [TokenUsage(TokenKind.Output)] internal ulong Said; }", "new Reply { Text = \"hi\", Asked = 3, Said = 4 }", 3L, 4L)]
    [InlineData("public record Bill([property: TokenUsage(TokenKind.Input)] int A, [property: TokenUsage(TokenKind.Output)] int B); public record Reply(string Text, [property: TokenUsage] Bill? Price);", "new Reply(\"hi\", new(3, 4))", 3L, 4L)]
    [InlineData("[TokenUsage] public record Reply(string Text, int PromptTokens, int CompletionTokens);", "new Reply(\"hi\", 3, 4)", 3L, 4L)]
    [InlineData("public interface IReply { string Text { get; } [TokenUsage(TokenKind.Input)] int A { get; } } public record Reply(string Text, int A) : IReply;", "new Reply(\"hi\", 3)", 3L, null)]
    [InlineData("public record Reply(string Text, int InputTokens, int OutputTokens);", "new Reply(\"hi\", 3, 4)", 3L, 4L)]
    [InlineData("public record Usage(int? prompt_tokens, int? completion_tokens); public record Reply(string Text, Usage? usage);", "new Reply(\"hi\", new(3, 4))", 3L, 4L)]
    [InlineData("public struct Usage { public int InputTokenCount; public int OutputTokenCount; } public record Reply(string Content, Usage? TokenUsage);", "new Reply(\"hi\", new Usage { InputTokenCount = 3, OutputTokenCount = 4 })", 3L, 4L)]
    [InlineData("public record Reply(string Text, Microsoft.Extensions.AI.UsageDetails Usage);", "new Reply(\"hi\", new() { InputTokenCount = 3, OutputTokenCount = 4 })", 3L, 4L)]
    [InlineData("public class Reply : Microsoft.Extensions.AI.ChatResponse;", "new Reply { Messages = [new(Microsoft.Extensions.AI.ChatRole.Assistant, \"hi\")], Usage = new() { InputTokenCount = 3, OutputTokenCount = 4 } }", 3L, 4L)]
    [InlineData("public record Reply([property: TokenUsage] Microsoft.Extensions.AI.ChatResponse Inner);", "new Reply(new(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, \"hi\")) { Usage = new() { InputTokenCount = 3, OutputTokenCount = 4 } })", 3L, 4L)]
    public async Task Type_of_the_users_own_says_its_usage_and_text(string declarations, string value, long? input, long? output)
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(declarations, "Reply", value);

        Assert.Equal(3, calls.Count);
        Assert.All(calls.Values, llm => Assert.Equal((input, output, "\"hi\""), (llm.Usage!.InputTokens, llm.Usage.OutputTokens, llm.Completion!.ToString())));
    }

    [Fact]
    public async Task Every_kind_of_tokens_can_be_marked_with_the_conventions_of_who_counts_them()
    {
        LlmEvent llm = (await ModelCalls.OfValue(
            """
            public sealed class Reply
            {
                [TokenUsage(TokenKind.Input, InputExcludesCache = true)] public int A => 100;
                [TokenUsage(TokenKind.Output, OutputExcludesReasoning = true)] public int B => 20;
                [TokenUsage(TokenKind.CacheRead)] public int C => 64;
                [TokenUsage(TokenKind.CacheWrite)] public int D => 5;
                [TokenUsage(TokenKind.CacheWrite1Hour)] public int E => 6;
                [TokenUsage(TokenKind.Reasoning)] public int F => 7;
                [TokenUsage(TokenKind.AudioInput)] public int G => 8;
                [TokenUsage(TokenKind.AudioOutput)] public int H => 9;
                [Model] public string Who => "mine";
            }
            """,
            "Reply", "new Reply()"))["Direct"];

        Assert.Equal(new TokenUsage(100 + 64 + 5 + 6, 20 + 7, 64, 7) { CacheWriteTokens = 5, CacheWrite1HourTokens = 6, AudioInputTokens = 8, AudioOutputTokens = 9 }, llm.Usage);
        Assert.Equal("mine", llm.Model);
    }

    [Theory]
    [InlineData("int InputTokens, int OutputTokens, int CacheReadInputTokens, int CacheCreationInputTokens", "10, 2, 3, 4", 17L, 2L, 3L, null)]
    [InlineData("int PromptTokens, int CompletionTokens, int CachedTokens, int ReasoningTokens", "10, 2, 3, 1", 10L, 2L, 3L, 1L)]
    [InlineData("int PromptTokenCount, int CandidatesTokenCount, int CachedContentTokenCount, int ThoughtsTokenCount", "10, 2, 3, 1", 10L, 3L, 3L, 1L)]
    [InlineData("int prompt_tokens, int completion_tokens, Details prompt_tokens_details, Details completion_tokens_details", "10, 2, new(3, 0), new(0, 1)", 10L, 2L, 3L, 1L)]
    public async Task Names_tell_by_whose_convention_tokens_are_counted(string members, string values, long input, long output, long cached, long? reasoning)
    {
        LlmEvent llm = (await ModelCalls.OfValue(
            $"public record Details(int cached_tokens, int reasoning_tokens); public record Usage({members}); public record Reply(Usage Usage);", "Reply", $"new Reply(new({values}))"))["Direct"];

        Assert.Equal((input, output, cached, reasoning), (llm.Usage!.InputTokens, llm.Usage.OutputTokens, llm.Usage.CachedInputTokens, llm.Usage.ReasoningTokens));
    }

    [Theory]
    [InlineData("", 7L)]
    [InlineData(", Rule = UsageRule.Replace", 7L)]
    [InlineData(", Rule = UsageRule.Add", 12L)]
    public async Task Counts_of_chunks_are_replaced_or_added_as_the_mark_says(string rule, long output)
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(
            $"public record Piece(string? Delta, [property: TokenUsage(TokenKind.Output{rule})] int? Tokens = null, string? Model = null);",
            "Piece", ["new Piece(\"a\", 5, \"m\")", "new Piece(\"b\")", "new Piece(null, 7)"]);

        Assert.Equal((output, "m", "\"ab\""), (calls["Whole"].Usage!.OutputTokens, calls["Whole"].Model, calls["Whole"].Completion!.ToString()));
        Assert.Equal((5L, "\"ab\""), (calls["Left"].Usage!.OutputTokens, calls["Left"].Completion!.ToString()));
    }

    [Theory]
    [InlineData("public record Reply(string Text, string InputTokens, double OutputTokens);", "new Reply(\"hi\", \"3\", 4)")]
    [InlineData("public record Reply(string Text, int Usage);", "new Reply(\"hi\", 3)")]
    [InlineData("public record Reply(string Text, int MaxTokens, int TotalTokens);", "new Reply(\"hi\", 3, 4)")]
    [InlineData("public class Reply { public string Text => \"hi\"; private int InputTokens => 3; protected int OutputTokens => 4; public static int PromptTokens => 5; }", "new Reply()")]
    public async Task What_counts_no_tokens_leaves_usage_unknown(string declarations, string value)
    {
        LlmEvent llm = (await ModelCalls.OfValue(declarations, "Reply", value))["Direct"];

        Assert.Null(llm.Usage);
        Assert.Contains("\"Text\":\"hi\"", llm.Completion!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1", "4", null, 4L)]
    [InlineData("3", "long.MaxValue", 3L, null)]
    [InlineData("null", "null", null, null)]
    public async Task Absurd_and_missing_counts_are_unknown(string input, string output, long? knownInput, long? knownOutput)
    {
        LlmEvent llm = (await ModelCalls.OfValue("public record Reply(long? InputTokens, long? OutputTokens);", "Reply", $"new Reply({input}, {output})"))["Direct"];

        Assert.Equal((knownInput, knownOutput), (llm.Usage?.InputTokens, llm.Usage?.OutputTokens));
    }

    [Fact]
    public async Task Count_that_does_not_fit_is_unknown_in_checked_code_too()
    {
        LlmEvent llm = (await ModelCalls.OfValue("public record Reply(ulong InputTokens, int OutputTokens);", "Reply", "new Reply(ulong.MaxValue, 4)"))["Direct"];

        Assert.Equal((null, 4L), (llm.Usage!.InputTokens, llm.Usage.OutputTokens));
    }

    [Theory]
    [InlineData("InputTokens", null, "m", "\"hi\"")]
    [InlineData("Model", 3L, null, "\"hi\"")]
    [InlineData("Text", 3L, "m", null)]
    public async Task Member_that_throws_takes_no_other_along(string member, long? input, string? model, string? text)
    {
        string Body(string name, string value) => name == member ? "throw new InvalidOperationException(\"no\")" : value;
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            $$"""
            public sealed class Reply
            {
                public int InputTokens => {{Body("InputTokens", "3")}};
                public string Model => {{Body("Model", "\"m\"")}};
                public string Text => {{Body("Text", "\"hi\"")}};
            }
            """,
            "Reply", "new Reply()");

        Assert.All(calls.Values, llm => Assert.Equal((EventStatus.Ok, input, model), (llm.Status, llm.Usage?.InputTokens, llm.Model)));
        if (text is not null)
            Assert.All(calls.Values, llm => Assert.Equal(text, llm.Completion!.ToString()));
    }

    [Theory]
    [InlineData("Reply?", "null")]
    [InlineData("Reply?", "new Reply(null!, null)")]
    public async Task Missing_result_and_missing_usage_are_no_failure(string type, string value)
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            "public record Usage(int InputTokens); public record Reply(string Text, Usage? Usage);", type, value, "[RecordLlm(Model = \"asked\")]");

        Assert.Equal(3, calls.Count);
        Assert.All(calls.Values, static llm => Assert.Equal((EventStatus.Ok, null, "asked"), (llm.Status, llm.Usage, llm.Model)));
    }

    [Fact]
    public async Task Generic_methods_and_constrained_results_are_read_too()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.Run(
            "public record Reply<T>(T Value, int InputTokens); public record Base(int InputTokens); public record Derived(int InputTokens) : Base(InputTokens);",
            """
            [RecordLlm] public static Task<Reply<T>> Typed<T>(T value) => Task.FromResult(new Reply<T>(value, 3));
            [RecordLlm] public static T Constrained<T>(T value) where T : Base => value;
            """,
            "await Model.Typed(\"v\"); Model.Constrained(new Derived(4));");

        Assert.Equal((3L, 4L), (calls["Typed"].Usage!.InputTokens, calls["Constrained"].Usage!.InputTokens));
    }
}
