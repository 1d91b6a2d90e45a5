using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.ExpressionTreeFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0205: a call in an expression tree is made before it.</summary>
public sealed class ExpressionTreeFixTests
{
    private const string Tool = "public class Tool { [RecordTool] public static int Limit(int n) => n; [RecordTool] public int Own() => 1; public static int Next() => 1; }\n";

    [Theory]
    [InlineData("return items.Where(i => i < Tool.Limit(n)).Count(); // all", "var limit = Tool.Limit(n);\n        return items.Where(i => i < limit).Count(); // all")]
    [InlineData("var found = from i in items where i < Tool.Limit(2) select i;", "var limit = Tool.Limit(2);\n        var found = from i in items where i < limit select i;")]
    [InlineData("var limit = 1; items.Any(i => i < Tool.Limit(limit));", "var limit = 1; var limit2 = Tool.Limit(limit);\n        items.Any(i => i < limit2);")]
    [InlineData("items.Any(i => i < tool.Own());", "var own = tool.Own();\n        items.Any(i => i < own);")]
    public async Task Call_moves_before_the_statement(string before, string after) => Assert.Equal(Program(after), await Verify.MendAsync(RuleIds.ExpressionTree, Program(before)));

    [Theory]
    [InlineData("items.Any(i => i < Tool.Limit(i));")]
    [InlineData("items.Any(i => i < Tool.Limit(Tool.Next()));")]
    [InlineData("n++; items.Any(i => i < Tool.Limit(n));")]
    [InlineData("while (items.Any(i => i < Tool.Limit(1))) { }")]
    [InlineData("if (n > 1) items.Any(i => i < Tool.Limit(1));")]
    [InlineData("tool = new Tool(); items.Any(i => i < tool.Own());")]
    public async Task Call_that_would_be_another_there_is_left_alone(string statement) => Assert.Empty(await Verify.OfferedAsync(RuleIds.ExpressionTree, Program(statement)));

    [Fact]
    public async Task Moved_call_is_recorded()
    {
        string mended = await Verify.MendAsync(RuleIds.ExpressionTree, Tool +
            """
            public static class Program
            {
                public static Session Run()
                {
                    using var session = Session.Start();
                    new[] { 1, 2, 3 }.AsQueryable().Where(i => i < Tool.Limit(2)).ToArray();
                    return session;
                }
            }
            """);

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.Single(session.ReadEvents().OfType<ToolEvent>());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_move(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.ExpressionTree, scope,
        """
        public static class NAME
        {
            [RecordTool] public static int Limit(int n) => n;
            public static void It(IQueryable<int> items)
            {
                items.Where(i => i < Limit(1) && i > Limit(2));
                items.Where(i => i < Limit(3)).Where(i => i > Limit(4));
            }
        }
        """));

    private static string Program(string body) => Tool + "public static class Use\n{\n    public static int It(IQueryable<int> items, int n, Tool tool)\n    {\n        " + body + (body.Contains("return", StringComparison.Ordinal) ? "" : "\n        return 0;") + "\n    }\n}\n";
}
