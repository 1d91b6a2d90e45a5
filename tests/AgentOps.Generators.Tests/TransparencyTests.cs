using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Exceptions and cancellation reach the caller of a recorded method exactly as they would unrecorded.</summary>
public sealed class TransparencyTests
{
    private const string Boom = """public static class Known { public static readonly Exception Boom = new InvalidOperationException("boom"); }""";

    [Theory]
    [InlineData("void", "tools.Do();", "throw Known.Boom;")]
    [InlineData("int", "tools.Do();", "throw Known.Boom;")]
    [InlineData("Task", "await tools.Do();", "throw Known.Boom;")]
    [InlineData("async Task", "await tools.Do();", "await Task.CompletedTask; throw Known.Boom;")]
    [InlineData("async Task", "await tools.Do();", "await Task.Yield(); throw Known.Boom;")]
    [InlineData("async Task<int>", "await tools.Do();", "await Task.CompletedTask; throw Known.Boom;")]
    [InlineData("async Task<int>", "await tools.Do();", "await Task.Yield(); throw Known.Boom;")]
    [InlineData("async ValueTask", "await tools.Do();", "await Task.CompletedTask; throw Known.Boom;")]
    [InlineData("async ValueTask", "await tools.Do();", "await Task.Yield(); throw Known.Boom;")]
    [InlineData("async ValueTask<int>", "await tools.Do();", "await Task.CompletedTask; throw Known.Boom;")]
    [InlineData("async ValueTask<int>", "await tools.Do();", "await Task.Yield(); throw Known.Boom;")]
    [InlineData("IAsyncEnumerable<int>", "await foreach (var i in tools.Do()) Seen.Add(i);", "throw Known.Boom;")]
    [InlineData("async IAsyncEnumerable<int>", "await foreach (var i in tools.Do()) Seen.Add(i);", "await Task.CompletedTask; yield return 1; throw Known.Boom;")]
    [InlineData("async IAsyncEnumerable<int>", "await foreach (var i in tools.Do()) Seen.Add(i);", "yield return 1; await Task.Yield(); throw Known.Boom;")]
    public async Task Exception_is_the_same_object_with_the_same_stack_trace(string type, string call, string body)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Boom}}
            public sealed class Tools { [RecordTool] public {{type}} Do() { {{body}} } }
            """,
            $$"""
                    var tools = new Tools();
                    try { {{call}} Seen.Add("nothing thrown"); }
                    catch (Exception e) { Seen.Add(e, Known.Boom); }
            """);

        Assert.Equal(EventStatus.Error, run.Call.Status);
        Assert.Equal("boom", Assert.Single(run.Errors).Details);
    }

    [Fact]
    public async Task Exception_through_nested_recorded_calls_keeps_its_stack_trace()
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Boom}}
            public static class Tools
            {
                [RecordTool] public static int Inner() => throw Known.Boom;
                [RecordTool] public static async Task<int> Middle() { await Task.Yield(); return Tools.Inner(); }
                [RecordAction] public static async ValueTask<int> Outer() => await Tools.Middle();
            }
            """,
            """
                    try { await Tools.Outer(); }
                    catch (Exception e) { Seen.Add(e, Known.Boom); }
            """);
    }

    [Fact]
    public async Task Call_on_null_fails_as_it_would()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            "public class Tools { public int Field; [RecordTool] public virtual int Do() => Field; }",
            """
                    Tools? none = null;
                    try { none!.Do(); }
                    catch (NullReferenceException e) { Seen.Add(e.ToString()); }
            """);

        Assert.Equal(EventStatus.Error, run.Call.Status);
    }

    [Fact]
    public async Task Exception_filters_of_the_caller_run_before_the_callee_is_unwound()
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Boom}}
            public static class Tools { [RecordTool] public static int Do() { try { throw Known.Boom; } finally { Seen.Add("finally of the callee"); } } }
            """,
            """
                    try { Tools.Do(); }
                    catch (Exception e) when (Noted(e)) { Seen.Add("caught"); }
                    static bool Noted(Exception e) { Seen.Add("filter of the caller"); return true; }
            """);
    }

    [Theory]
    [InlineData("async Task", "await Task.Delay(-1, token);")]
    [InlineData("async Task<int>", "await Task.Delay(-1, token); return 1;")]
    [InlineData("Task", "return Task.Delay(-1, token);")]
    [InlineData("Task", "return Task.FromCanceled(new CancellationToken(true));")]
    [InlineData("Task<int>", "return Task.FromCanceled<int>(new CancellationToken(true));")]
    [InlineData("async Task", "await Task.Yield(); throw new OperationCanceledException(token);")]
    [InlineData("async Task", "await Task.Yield(); throw new OperationCanceledException();")]
    [InlineData("async Task<int>", "await Task.Yield(); throw new Stopped(token);")]
    [InlineData("async Task", "await Task.CompletedTask; throw new Stopped(token);")]
    public async Task Cancelled_task_stays_cancelled_with_its_exception_and_token(string type, string body)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""
            public sealed class Stopped(CancellationToken token) : OperationCanceledException("stopped", token);
            public sealed class Tools { [RecordTool] public {{type}} Do(CancellationToken token) { {{body}} } }
            """,
            """
                    using var source = new CancellationTokenSource();
                    Task task = new Tools().Do(source.Token);
                    source.Cancel();
                    try { await task; }
                    catch (OperationCanceledException e) { Seen.Add(task, e); Seen.Add(e.CancellationToken == source.Token); Seen.Add(e.Message); }
            """);

        Assert.Equal(EventStatus.Cancelled, run.Call.Status);
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("ValueTask")]
    [InlineData("ValueTask<int>")]
    public async Task Cancelled_value_task_stays_cancelled(string type)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""public sealed class Tools { [RecordTool] public async {{type}} Do(CancellationToken token) { await Task.Delay(-1, token); throw new Exception(); } }""",
            """
                    using var source = new CancellationTokenSource();
                    var task = new Tools().Do(source.Token);
                    source.Cancel();
                    try { await task; }
                    catch (OperationCanceledException e) { Seen.Add(e.GetType()); Seen.Add(task.IsCanceled); Seen.Add(e.CancellationToken == source.Token); }
            """);

        Assert.Equal(EventStatus.Cancelled, run.Call.Status);
    }

    [Theory]
    [InlineData("return Task.FromException(new OperationCanceledException());")]
    [InlineData("var source = new TaskCompletionSource(); _ = Task.Run(async () => { await gate; source.SetException(new OperationCanceledException()); }); return source.Task;")]
    public async Task Faulted_task_that_carries_a_cancellation_stays_faulted(string body)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public sealed class Tools { [RecordTool] public Task Do(Task gate) { {{body}} } }""",
            """
                    var gate = new TaskCompletionSource();
                    Task task = new Tools().Do(gate.Task);
                    gate.SetResult();
                    try { await task; }
                    catch (OperationCanceledException e) { Seen.Add(task, e); }
            """);
    }

    [Theory]
    [InlineData("Task", "Task.WhenAll(Fail(gate, 1), Fail(gate, 2), Fail(gate, 3))")]
    [InlineData("Task<int[]>", "Task.WhenAll(Fail(gate, 1), Fail(gate, 2), Fail(gate, 3))")]
    public async Task All_exceptions_of_a_task_stay_in_order(string type, string returned)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""
            public sealed class Tools
            {
                [RecordTool] public {{type}} Do(Task gate) => {{returned}};
                private static async Task<int> Fail(Task gate, int n) { await gate; throw new InvalidOperationException("failure " + n); }
            }
            """,
            """
                    var gate = new TaskCompletionSource();
                    Task task = new Tools().Do(gate.Task);
                    gate.SetResult();
                    try { await task; }
                    catch (Exception e) { Seen.Add(task, e); Seen.Add(e.Message); }
                    foreach (Exception inner in task.Exception!.InnerExceptions) Seen.Add(inner.ToString());
                    try { task.Wait(); }
                    catch (AggregateException e) { Seen.Add(e.InnerExceptions.Count); Seen.Add(e.Message); }
            """);

        Assert.Equal("failure 1", Assert.Single(run.Errors).Details);
    }

    [Fact]
    public async Task Cancelled_stream_throws_what_its_body_threw()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Stopped() : OperationCanceledException("stopped");
            public sealed class Tools { [RecordTool] public async IAsyncEnumerable<int> Do() { await Task.Yield(); yield return 1; await Task.Yield(); throw new Stopped(); } }
            """,
            """
                    try { await foreach (var i in new Tools().Do()) Seen.Add(i); }
                    catch (OperationCanceledException e) { Seen.Add(e.ToString()); }
            """);

        Assert.Equal(EventStatus.Cancelled, run.Call.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("await Task.Yield(); ")]
    public async Task Failing_disposal_of_a_stream_throws_what_it_threw(string first)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Boom}}
            public sealed class Tools { [RecordTool] public async IAsyncEnumerable<int> Do() { try { await Task.Yield(); yield return 1; } finally { {{first}}throw Known.Boom; } } }
            """,
            """
                    try { await foreach (var i in new Tools().Do()) break; }
                    catch (Exception e) { Seen.Add(e, Known.Boom); }
            """);

        Assert.Equal(EventStatus.Error, run.Call.Status);
    }
}
