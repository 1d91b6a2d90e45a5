using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>The rule on model calls whose usage is unknown: where it is reported, and what it advises.</summary>
public sealed class UsageRuleTests
{
    [Fact]
    public Task Method_whose_result_counts_no_tokens_is_reported() => AnalyzerVerifier.VerifyAsync<UsageAnalyzer>(
        RuleIds.UnknownUsage,
        """
        public record Reply(string Text);
        public interface IModel { [RecordLlm] Task<Reply> [|AskAsync|](string prompt); }
        public sealed class Model : IModel
        {
            public Task<Reply> AskAsync(string prompt) => Task.FromResult(new Reply(prompt));
            [RecordLlm] public string [|Text|]() => "";
            [RecordLlm] public void [|Nothing|]() { }
            [RecordLlm] public Task [|InTask|]() => Task.CompletedTask;
            [RecordLlm] public object [|Any|]() => 1;
            [RecordLlm] public IAsyncEnumerable<string> [|Stream|]() => null!;
            [RecordTool] public string Tool() => "";
            public string Unmarked() => "";
        }
        """);

    [Fact]
    public Task Method_whose_result_counts_them_is_not_reported() => AnalyzerVerifier.VerifyAsync<UsageAnalyzer>(
        RuleIds.UnknownUsage,
        """
        public record Shaped(int InputTokens);
        public record Marked([property: TokenUsage(TokenKind.Output)] int Said);
        public static class Model
        {
            [RecordLlm] public static Shaped Shape() => null!;
            [RecordLlm] public static Task<Marked> Mark() => null!;
            [RecordLlm] public static ValueTask<OpenAI.Chat.ChatCompletion> Known() => default;
            [RecordLlm] public static System.ClientModel.ClientResult<OpenAI.Chat.ChatCompletion> Wrapped() => null!;
            [RecordLlm] public static IAsyncEnumerable<Microsoft.Extensions.AI.ChatResponseUpdate> Stream() => null!;
        }
        """);

    [Fact]
    public Task Project_that_records_nothing_is_told_nothing() => AnalyzerVerifier.VerifyAsync<UsageAnalyzer>(
        RuleIds.UnknownUsage,
        [("/project/Program.cs", "public static class Model { [RecordLlm] public static string Ask() => \"\"; }")],
        new Dictionary<string, string> { ["AgentOpsRecording"] = "false" });

    [Theory]
    [InlineData("string", "return the client's response instead of the text in it")]
    [InlineData("Task", "return the client's response, or record the call by hand with session.RecordLlm")]
    [InlineData("Reply", "mark the members of 'Reply' that count tokens with [TokenUsage]")]
    [InlineData("System.ClientModel.AsyncCollectionResult<OpenAI.Chat.StreamingChatCompletionUpdate>", "declare the result as IAsyncEnumerable<StreamingChatCompletionUpdate>")]
    [InlineData("Task<IAsyncEnumerable<Microsoft.Extensions.AI.ChatResponseUpdate>>", "declare the result as IAsyncEnumerable<ChatResponseUpdate>")]
    public async Task Message_says_how_usage_can_be_known(string type, string advice)
    {
        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<UsageAnalyzer>(GeneratedProgram.Compile(("/project/Program.cs",
            $$"""public record Reply(string Text); public static class Model { [RecordLlm] public static {{type}} Ask() => null!; }"""))));

        Assert.Equal((RuleIds.UnknownUsage, DiagnosticSeverity.Info), (reported.Id, reported.Severity));
        Assert.StartsWith(
            "What 'Ask' returns does not say how many tokens were used, so that its usage and cost are recorded as unknown; " + advice,
            reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_of_a_type_that_cannot_be_replaced_is_recorded_up_to_its_return()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using OpenAI.Chat;
            public sealed class Chunks : System.ClientModel.AsyncCollectionResult<StreamingChatCompletionUpdate>
            {
                public override System.ClientModel.ContinuationToken? GetContinuationToken(System.ClientModel.ClientResult page) => null;
                public override async IAsyncEnumerable<System.ClientModel.ClientResult> GetRawPagesAsync() { await Task.Yield(); yield break; }
                protected override async IAsyncEnumerable<StreamingChatCompletionUpdate> GetValuesFromPageAsync(System.ClientModel.ClientResult page) { await Task.Yield(); yield break; }
            }
            public static class Model { [RecordLlm(Model = "m")] public static System.ClientModel.AsyncCollectionResult<StreamingChatCompletionUpdate> Ask() => new Chunks(); }
            """,
            "await foreach (var chunk in Model.Ask()) { }");

        var llm = Assert.IsType<Events.LlmEvent>(run.Call);
        Assert.Equal((Events.EventStatus.Ok, "m", null, null), (llm.Status, llm.Model, llm.Usage, llm.ChunkCount));
    }
}
