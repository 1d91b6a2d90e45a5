using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Answers that are kept out of the record: what they used, and when they began, is known all the same.</summary>
public sealed class WithheldAnswerTests
{
    private const string Piece = "public record Piece(string Text, int? OutputTokens = null);";

    [Theory]
    [InlineData("[RecordLlm] [return: Redact]")]
    [InlineData("[RecordLlm] [return: Redact(Redaction.Hash)]")]
    [InlineData("[RecordLlm(Capture = Capture.Arguments)]")]
    public async Task Stream_says_usage_and_first_token_and_nothing_of_its_text(string attributes)
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(Piece, "Piece", ["new Piece(\"for your eyes only\")", "new Piece(\"\", 4)"], attributes);

        Assert.Equal(4, calls["Whole"].Usage!.OutputTokens);
        Assert.NotNull(calls["Whole"].TimeToFirstToken);
        Assert.All(calls.Values, static llm => Assert.DoesNotContain("eyes", llm.Completion?.ToString() + llm.Returns, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[RecordLlm] [return: Redact]")]
    [InlineData("[RecordLlm(Capture = Capture.None)]")]
    public async Task Value_says_usage_and_which_tools_are_wanted_but_not_with_which_arguments(string attributes)
    {
        ProviderRow row = ProviderRows.Values.Single(static row => row.Name == "Microsoft.Extensions.AI");

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(row.Declarations, row.Type, row.Values[0], attributes);

        Assert.All(calls.Values, llm => Assert.Equal((row.Usage, "call_1 weather()"), (llm.Usage, llm.Tools())));
        Assert.All(calls.Values, static llm => Assert.DoesNotContain("forty", llm.Completion?.ToString() + llm.Returns, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_member_that_is_redacted_is_not_put_together()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(
            "public record Piece([property: Redact] string Text, [property: Redact] string Model, int? OutputTokens = null);",
            "Piece", ["new Piece(\"for your eyes only\", \"hidden\")", "new Piece(\"\", \"hidden\", 4)"]);

        Assert.Equal((4L, null), (calls["Whole"].Usage!.OutputTokens, calls["Whole"].Model));
        Assert.All(calls.Values, static llm => Assert.DoesNotContain("eyes", llm.Completion?.ToString() + llm.Returns, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public record Reply([property: Redact] int InputTokens, [property: Redact, Model] string Engine);", "new Reply(98765, \"hidden\")")]
    [InlineData("[Redact] public record Bill(int InputTokens); public record Reply([property: TokenUsage] Bill Usage, string Other = \"o\");", "new Reply(new(98765))")]
    [InlineData("public abstract record Base { [Redact] public abstract int InputTokens { get; } } public record Reply : Base { public override int InputTokens => 98765; }", "new Reply()")]
    public async Task Count_or_model_that_is_redacted_is_not_read_whatever_else_marks_it(string declarations, string value)
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(declarations, "Reply", value);

        Assert.All(calls.Values, static llm => Assert.Equal((null, null), (llm.Usage, llm.Model)));
        Assert.All(calls.Values, static llm => Assert.DoesNotMatch("98765|hidden", llm.Returns!.ToString()));
    }

    [Fact]
    public async Task Text_of_a_typed_answer_is_as_secret_as_its_type()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            """
            [Redact] public record Patient(string Name);
            namespace Microsoft.Extensions.AI { public class ChatResponse<T> : ChatResponse { } }
            """,
            "Microsoft.Extensions.AI.ChatResponse<Patient>",
            "new Microsoft.Extensions.AI.ChatResponse<Patient> { Messages = [new(Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.FunctionCallContent(\"1\", \"find\", new Dictionary<string, object?> { [\"name\"] = \"Ann\" })])] }");

        Assert.All(calls.Values, static llm => Assert.Equal("1 find()", llm.Tools()));
    }

    [Fact]
    public async Task Argument_of_a_tool_that_is_named_like_a_secret_is_left_out()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            "", "Microsoft.Extensions.AI.ChatResponse",
            "new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.FunctionCallContent(\"1\", \"login\", new Dictionary<string, object?> { [\"user\"] = \"ann\", [\"password\"] = \"1234\", [\"inner\"] = System.Text.Json.JsonDocument.Parse(\"{\\\"apiKey\\\":\\\"k\\\",\\\"n\\\":[1,null,true]}\").RootElement, [\"when\"] = new object() })]))");

        Assert.All(calls.Values, static llm => Assert.Equal(
            """1 login({"user":"ann","password":"[redacted]","inner":{"apiKey":"[redacted]","n":[1,null,true]},"when":"<System.Object>"})""", llm.Tools()));
    }
}
