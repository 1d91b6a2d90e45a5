using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.UsageAnalyzer, AgentOps.CodeFixes.Data.UnknownUsageFix>;

namespace AgentOps.CodeFixes.Tests.Data;

/// <summary>AOPS0111: members that count tokens are marked where their names say which.</summary>
public sealed class UnknownUsageFixTests
{
    private const string Call = "public static class Model { [RecordLlm] public static Task<Answer> Ask() => null!; }\n";

    [Theory]
    [InlineData(
        "public record Answer(string Text, int TokensIn, int TokensOut);",
        "public record Answer(string Text, [TokenUsage(TokenKind.Input)] int TokensIn, [TokenUsage(TokenKind.Output)] int TokensOut);")]
    [InlineData(
        "public class Answer { public long SentTokens; public long? ResponseTokenTotal2 { get; set; } public int MaxTokensOut { get; set; } public string? UsedModel { get; set; } }",
        "public class Answer { [TokenUsage(TokenKind.Input)] public long SentTokens; [TokenUsage(TokenKind.Output)] public long? ResponseTokenTotal2 { get; set; } public int MaxTokensOut { get; set; } [Model] public string? UsedModel { get; set; } }")]
    [InlineData(
        "public class Answer { public Bill? Bill { get; set; } } public class Bill { public int TokensIn { get; set; } public int CacheHitTokens { get; set; } }",
        "public class Answer { [TokenUsage] public Bill? Bill { get; set; } } public class Bill { [TokenUsage(TokenKind.Input)] public int TokensIn { get; set; } [TokenUsage(TokenKind.CacheRead)] public int CacheHitTokens { get; set; } }")]
    public async Task Members_are_marked_as_their_names_say(string before, string after) => Assert.Equal(Call + after, await Verify.MendAsync(RuleIds.UnknownUsage, Call + before));

    [Theory]
    [InlineData("public record Answer(string Text, int Tokens);")]
    [InlineData("public record Answer(string Text, int TokensLeft, int Max);")]
    [InlineData("public record Answer(string Text, int TokensIn, int TokensSent);")]
    [InlineData("public record Answer(string Text, string TokensIn);")]
    public async Task Names_that_leave_doubt_say_nothing(string type) => Assert.Empty(await Verify.OfferedAsync(RuleIds.UnknownUsage, Call + type));

    [Fact]
    public async Task Usage_is_recorded_by_the_marks()
    {
        string mended = await Verify.MendAsync(RuleIds.UnknownUsage,
            """
            public record Answer(int TokensIn, int TokensOut, string ModelUsed);
            public static class Program
            {
                [RecordLlm] private static Answer Ask() => new(12, 3, "m-1");
                public static Session Run() { using var session = Session.Start(); Ask(); return session; }
            }
            """);

        LlmEvent call = Assert.Single((await GeneratedProgram.Create(mended).RunAsync<Session>()).ReadEvents().OfType<LlmEvent>());

        Assert.Equal((12L, 3L, "m-1"), (call.Usage?.InputTokens, call.Usage?.OutputTokens, call.Model));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_marked_each_type_once(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.UnknownUsage, scope,
        """
        public record ANAME(int TokensIn);
        public record BNAME(int TokensOut);
        public static class NAME
        {
            [RecordLlm] public static ANAME Ask() => null!;
            [RecordLlm] public static Task<ANAME> AskLater() => null!;
            [RecordLlm] public static IAsyncEnumerable<BNAME> Stream() => null!;
        }
        """));
}
