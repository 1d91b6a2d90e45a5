using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.AwaitFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0209: a recorded task that is dropped is awaited.</summary>
public sealed class AwaitFixTests
{
    private const string Tool = "public class Tool { [RecordTool] public static async Task<int> Ask(int n) { await Task.Delay(1); return n; } }\n";

    [Theory]
    [InlineData("async Task It() { Tool.Ask(1); // asks\n }", "async Task It() { await Tool.Ask(1); // asks\n }")]
    [InlineData("async Task It() { var t = Tool.Ask(1); }", "async Task It() { var t = await Tool.Ask(1); }")]
    [InlineData("async Task It() { Tool.Ask(1).ConfigureAwait(false); }", "async Task It() { await Tool.Ask(1).ConfigureAwait(false); }")]
    [InlineData("void It() { Func<Task> f = async () => { /* now */ Tool.Ask(1); }; }", "void It() { Func<Task> f = async () => { /* now */ await Tool.Ask(1); }; }")]
    [InlineData("void It() { async Task Local() { Tool.Ask(1); } _ = Local(); }", "void It() { async Task Local() { await Tool.Ask(1); } _ = Local(); }")]
    public async Task Call_is_awaited(string before, string after) => Assert.Equal(
        Tool + $"public static class Use {{ public static {after} }}", await Verify.MendAsync(RuleIds.TaskNotAwaited, Tool + $"public static class Use {{ public static {before} }}"));

    [Theory]
    [InlineData("void It() { Tool.Ask(1); }")]
    [InlineData("async Task It() { Action f = () => { Tool.Ask(1); }; f(); await Task.Yield(); }")]
    [InlineData("async Task It(object o) { lock (o) { Tool.Ask(1); } await Task.Yield(); }")]
    [InlineData("async Task It() { Task<int> t = Tool.Ask(1); await Task.Yield(); }")]
    public async Task Call_where_nothing_can_be_awaited_is_left_alone(string member) =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.TaskNotAwaited, Tool + $"public static class Use {{ public static {member} }}"));

    [Fact]
    public async Task Awaited_call_has_its_end_in_the_session()
    {
        string mended = await Verify.MendAsync(RuleIds.TaskNotAwaited, Tool +
            "public static class Program { public static async Task<Session> Run() { await using var session = Session.Start(); Tool.Ask(3); return session; } }");

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.Equal("3", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Returns?.ToString());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_awaited(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.TaskNotAwaited, scope,
        "public static class NAME { [RecordTool] public static Task Do() => Task.CompletedTask; public static async Task It() { Do(); Do(); Func<Task> f = async () => { Do(); }; await f(); } }"));
}
