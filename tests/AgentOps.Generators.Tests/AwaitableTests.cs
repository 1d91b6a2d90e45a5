using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>
/// Awaitables other than the four task types: nobody but their own code knows what a second awaiter would do to them, so they come
/// back untouched, and their event ends when the call returns.
/// </summary>
public sealed class AwaitableTests
{
    private const string Custom =
        """
        using System.Runtime.CompilerServices;
        [AsyncMethodBuilder(typeof(JobBuilder<>))]
        public sealed class Job<T>
        {
            private readonly TaskCompletionSource<T> _source = new();
            private int _awaiters;
            public T Result => throw new InvalidOperationException("read too early");
            public void Finish(T value) => _source.SetResult(value);
            public void Fail(Exception e) => _source.SetException(e);
            public TaskAwaiter<T> GetAwaiter() => ++_awaiters == 1 ? _source.Task.GetAwaiter() : throw new InvalidOperationException("awaited twice");
        }
        public struct JobBuilder<T>
        {
            public static JobBuilder<T> Create() => new() { Task = new() };
            public Job<T> Task { get; private set; }
            public void SetResult(T value) => Task.Finish(value);
            public void SetException(Exception e) => Task.Fail(e);
            public void SetStateMachine(IAsyncStateMachine machine) { }
            public void Start<M>(ref M machine) where M : IAsyncStateMachine => machine.MoveNext();
            public void AwaitOnCompleted<A, M>(ref A awaiter, ref M machine) where A : INotifyCompletion where M : IAsyncStateMachine { var boxed = (IAsyncStateMachine)machine; awaiter.OnCompleted(boxed.MoveNext); }
            public void AwaitUnsafeOnCompleted<A, M>(ref A awaiter, ref M machine) where A : ICriticalNotifyCompletion where M : IAsyncStateMachine => AwaitOnCompleted(ref awaiter, ref machine);
        }
        """;

    [Fact]
    public async Task Task_like_type_comes_back_untouched_and_ends_at_its_return()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Custom}}
            public static class Tools { [RecordTool] public static async Job<int> Start(int n) { await Task.Yield(); return n + 1; } [RecordTool] public static Job<int> Pass(Job<int> job) => job; }
            """,
            "var job = Tools.Start(1); Check.That(ReferenceEquals(Tools.Pass(job), job) && await job == 2);");

        Assert.Equal((EventStatus.Ok, "\"<Job`1[System.Int32]>\""), (run.Named("Start").Status, run.Named("Start").Returns!.ToString()));
        Assert.Equal("job=\"<Job`1[System.Int32]>\"", run.Named("Pass").Arguments());
    }

    [Fact]
    public async Task What_a_task_like_method_calls_is_recorded_inside_it()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Custom}}
            public static class Tools { [RecordTool] public static int Leaf(int n) => n; [RecordTool] public static async Job<int> Start() { Leaf(1); await Task.CompletedTask; return Leaf(2); } }
            """,
            "await Tools.Start();");

        Assert.All(run.Events.OfType<ToolEvent>().Where(static e => e.Name == "Leaf"), e => Assert.Equal(run.Named("Start").Id, e.ParentId));
    }

    [Theory]
    [InlineData("ConfiguredTaskAwaitable<int>", "Task.Delay(1).ContinueWith(_ => 2).ConfigureAwait(false)")]
    [InlineData("ConfiguredValueTaskAwaitable<int>", "new ValueTask<int>(2).ConfigureAwait(false)")]
    [InlineData("ConfiguredCancelableAsyncEnumerable<int>", "Items().ConfigureAwait(false)")]
    public async Task Configured_awaitable_comes_back_untouched(string type, string value)
    {
        string use = type.Contains("Enumerable", StringComparison.Ordinal) ? "await foreach (int n in Tools.Get()) Check.That(n == 2);" : "Check.That(await Tools.Get() == 2);";
        RecordedRun run = await RecordedRun.Of(
            $$"""
            using System.Runtime.CompilerServices;
            public static class Tools { [RecordTool] public static {{type}} Get() => {{value}}; static async IAsyncEnumerable<int> Items() { await Task.Yield(); yield return 2; } }
            """,
            use);

        Assert.Equal(EventStatus.Ok, run.Call.Status);
    }

    [Fact]
    public async Task Class_derived_from_task_comes_back_as_itself()
    {
        await RecordedRun.Of(
            "public sealed class Own() : Task<int>(() => 3) { public int Blocks => Result; } public static class Tools { [RecordTool] public static Own Get(Own own) => own; }",
            "var own = new Own(); Check.That(ReferenceEquals(Tools.Get(own), own)); own.Start(); Check.That(await own == 3);");
    }
}
