using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.DynamicCallFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0204: what is dynamic is cast to its type where that is known.</summary>
public sealed class DynamicCallFixTests
{
    private const string Tool = "public class Tool { [RecordTool] public int Do(int n) => n; [RecordTool] public static int Twice(int n, string unit) => 2 * n; [RecordTool] public static int Many(int n) => 1; public static int Many(string s) => 2; }\n";

    [Theory]
    [InlineData("dynamic n = Console.Out; return Tool.Twice(n, \"m\");", "dynamic n = Console.Out; return Tool.Twice((int)n, \"m\");")]
    [InlineData("dynamic n = 1; return Tool.Twice(unit: \"m\", n: n + 1);", "dynamic n = 1; return Tool.Twice(unit: \"m\", n: (int)(n + 1));")]
    [InlineData("dynamic tool = new Tool(); return tool.Do(1);", "dynamic tool = new Tool(); return ((Tool)tool).Do(1);")]
    [InlineData("dynamic tool = new Tool(); return tool?.Do(1);", "dynamic tool = new Tool(); return ((Tool)tool)?.Do(1);")]
    [InlineData("dynamic n = 1; return Tool.Many(n);", "dynamic n = 1; return Tool.Many((int)n);")]
    public async Task Cast_is_written_where_the_type_is_known(string before, string after) => Assert.Equal(
        Tool + $"public static class Use {{ public static object? It() {{ {after} }} }}",
        await Verify.MendAsync(RuleIds.Dynamic, Tool + $"public static class Use {{ public static object? It() {{ {before} }} }}"));

    [Theory]
    [InlineData("dynamic tool = Make(); return tool.Do(1);")]
    [InlineData("dynamic tool = new Tool(); tool = Make(); return tool.Do(1);")]
    [InlineData("dynamic n = Make(); return Tool.Many(n);")]
    [InlineData("dynamic n = \"text\"; return Tool.Many(n);")]
    public async Task What_may_be_of_any_type_is_left_alone(string body) => Assert.Empty(
        await Verify.OfferedAsync(RuleIds.Dynamic, Tool + $"public static class Use {{ public static object? It() {{ {body} }} private static object Make() => 1; }}"));

    [Fact]
    public async Task Cast_that_what_follows_does_not_allow_is_not_offered() => Assert.Empty(
        await Verify.OfferedAsync(RuleIds.Dynamic, Tool + "public static class Use { public static object It(dynamic n) { var twice = Tool.Twice(n, \"m\"); return twice.Length; } }"));

    [Fact]
    public async Task Mended_call_is_recorded()
    {
        string mended = await Verify.MendAsync(RuleIds.Dynamic, Tool +
            "public static class Program { public static Session Run() { using var session = Session.Start(); dynamic n = 4; Tool.Twice(n, \"m\"); return session; } }");

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.Equal("8", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Returns?.ToString());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_cast(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.Dynamic, scope,
        "public static class NAME { [RecordTool] public static int Do(int n) => n; public static void It(dynamic a, dynamic b) { Do(a); Do(b); Do((int)Do(a + b)); } }"));
}
