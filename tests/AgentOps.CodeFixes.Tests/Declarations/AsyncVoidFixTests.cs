using AgentOps.CodeFixes.Declarations;
using AgentOps.CodeFixes.Tests.Support;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.RecordedMethodAnalyzer, AgentOps.CodeFixes.Declarations.AsyncVoidFix>;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0105: an async void method returns a task, and its callers await it where they can.</summary>
public sealed class AsyncVoidFixTests
{
    [Fact]
    public async Task Callers_that_can_await_do_and_others_stay()
    {
        string mended = await Verify.MendAsync(RuleIds.AsyncVoid,
            """
            internal class Agent
            {
                [RecordTool]
                internal async void Work(int n) // works
                {
                    await Task.Delay(n);
                }
                public async Task Waits()
                {
                    /* first */ Work(1); // then
                    Func<Task> f = async () => Work(2);
                    await f();
                }
                public void DoesNot()
                {
                    Work(3);
                    Action a = () => Work(4);
                    a();
                    _ = nameof(Work);
                }
                /// <summary>As <see cref="Work"/>.</summary>
                public void Documented() => Work(5);
            }
            """);

        Assert.Equal(
            """
            internal class Agent
            {
                [RecordTool]
                internal async Task Work(int n) // works
                {
                    await Task.Delay(n);
                }
                public async Task Waits()
                {
                    /* first */ await Work(1); // then
                    Func<Task> f = async () => await Work(2);
                    await f();
                }
                public void DoesNot()
                {
                    Work(3);
                    Action a = () => Work(4);
                    a();
                    _ = nameof(Work);
                }
                /// <summary>As <see cref="Work"/>.</summary>
                public void Documented() => Work(5);
            }
            """, mended);
    }

    [Fact]
    public async Task Callers_in_other_files_and_projects_follow()
    {
        using EditedSolution edited = EditedSolution.Of(
                ("/a/Agent.cs", "public class Agent { [RecordTool] public async void Work() => await Task.Yield(); }"),
                ("/a/Caller.cs", "public class Caller { public async Task It(Agent a) { a.Work(); await Task.Yield(); } }"))
            .Referencing("App", ("/b/Far.cs", "public class Far { public async Task It(Agent a) { a.Work(); await Task.Yield(); } }"));
        var diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<RecordedMethodAnalyzer>(edited.Document("Agent.cs").Project, RuleIds.AsyncVoid));

        var action = Assert.Single(await edited.OfferedAsync<AsyncVoidFix>(diagnostic));
        var changed = await EditedSolution.ChangedAsync(action);

        Assert.Equal("Return Task from 'Work' and await it where it is called (public API)", action.Title);
        Assert.Contains("await a.Work();", await edited.TextAsync(changed, "Caller.cs"), StringComparison.Ordinal);
        Assert.Contains("await a.Work();", await edited.TextAsync(changed, "Far.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exception_after_an_await_is_recorded_and_thrown_to_the_caller()
    {
        string mended = await Verify.MendAsync(RuleIds.AsyncVoid,
            """
            public static class Program
            {
                [RecordTool] private static async void Work() { await Task.Yield(); throw new FormatException("late"); }
                public static async Task<Session> Run()
                {
                    await using var session = Session.Start();
                    try { Work(); }
                    catch (FormatException) { session.AddTags("caught"); }
                    return session;
                }
            }
            """);

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.Contains("caught", session.Tags);
        Assert.Equal("System.FormatException", Assert.Single(session.ReadEvents().OfType<ErrorEvent>()).ErrorType);
    }

    [Fact]
    public async Task Task_is_written_in_full_where_its_namespace_is_not_imported()
    {
        const string Source = "namespace Task { public class Yes { [AgentOps.RecordTool] internal async void Work() => await System.Threading.Tasks.Task.Yield(); } }";
        Assert.Contains("async System.Threading.Tasks.Task Work()", await Verify.MendAsync(RuleIds.AsyncVoid, Source), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[RecordTool] private async void OnClick(object? sender, EventArgs e) => await Task.Yield();")]
    [InlineData("[RecordTool] private async void Work() => await Task.Yield(); public event Action? Done; public void On() => Done += Work;")]
    [InlineData("[RecordTool] private async void Work() => await Task.Yield(); public Action It() => Work;")]
    [InlineData("[RecordTool] private async void Work() => await Task.Yield(); public void It() => new Thread(Work).Start();")]
    [InlineData("[RecordTool] private async void Work() => await Task.Yield(); public static async Task It(Agent? a) { a?.Work(); await Task.Yield(); }")]
    [InlineData("[RecordTool] private async void Work() => await Task.Yield(); public async Task It() { lock (this) { Work(); } await Task.Yield(); }")]
    [InlineData("[RecordTool] public override async void Over() => await Task.Yield();")]
    [InlineData("[RecordTool] public async void Part() => await Task.Yield();")]
    [InlineData("[RecordTool] async void IPart.Explicit() => await Task.Yield(); public void Part() { }")]
    [InlineData("[RecordTool] public virtual async void Work() => await Task.Yield(); public sealed class Derived : Agent { public override void Work() { } }")]
    public async Task Method_whose_signature_is_asked_for_is_left_alone(string members) => Assert.Empty(await Verify.OfferedAsync(RuleIds.AsyncVoid,
        $$"""
        public abstract class Base { public virtual void Over() { } }
        public interface IPart { void Part(); void Explicit() { } }
        public class Agent : Base{{(members.Contains("Part", StringComparison.Ordinal) ? ", IPart" : "")}} { {{members}} }
        """));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_return_tasks_those_that_call_each_other_too(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.AsyncVoid, scope,
        """
        internal class NAME
        {
            [RecordTool] internal async void Outer() { Inner(); await Task.Yield(); }
            [RecordTool] internal async void Inner() { await Task.Yield(); if (DateTime.UtcNow.Year < 1) Outer(); }
        }
        """));
}
