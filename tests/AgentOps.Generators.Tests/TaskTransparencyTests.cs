namespace AgentOps.Generators.Tests;

/// <summary>The tasks that a recorded method returns are, to its caller, those that it would return unrecorded.</summary>
public sealed class TaskTransparencyTests
{
    [Theory]
    [InlineData("Task", "Task.CompletedTask")]
    [InlineData("Task", "Task.FromResult(1)")]
    [InlineData("Task", "Task.FromException(new Exception())")]
    [InlineData("Task", "Task.FromCanceled(new CancellationToken(true))")]
    [InlineData("Task<int>", "Task.FromResult(1)")]
    [InlineData("Task<int>", "Task.FromException<int>(new Exception())")]
    public async Task Completed_task_is_returned_as_the_same_object(string type, string task)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { public static readonly {{type}} Made = {{task}}; [RecordTool] public static {{type}} Get() => Made; }""",
            "Seen.Add(ReferenceEquals(Tools.Get(), Tools.Made)); Seen.Add(Tools.Made.Status);");
    }

    [Theory]
    [InlineData("ValueTask", "default")]
    [InlineData("ValueTask", "new(Task.CompletedTask)")]
    [InlineData("ValueTask<int>", "new(1)")]
    [InlineData("ValueTask<int>", "new(Task.FromResult(1))")]
    [InlineData("ValueTask", "new(Task.FromException(new Exception()))")]
    [InlineData("ValueTask<int>", "new(Task.FromCanceled<int>(new CancellationToken(true)))")]
    public async Task Completed_value_task_stays_completed(string type, string task)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Get() => {{task}}; }""",
            "var task = Tools.Get(); Seen.Add((task.IsCompleted, task.IsCompletedSuccessfully, task.IsFaulted, task.IsCanceled));");
    }

    [Theory]
    [InlineData("ValueTask")]
    [InlineData("ValueTask<int>")]
    public async Task Pending_value_task_stays_pending_until_it_is_done(string type)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static async {{type}} Get(Task<int> gate) { {{(type == "ValueTask" ? "" : "return ")}}await gate; } }""",
            """
                    var gate = new TaskCompletionSource<int>();
                    var task = Tools.Get(gate.Task);
                    Seen.Add(task.IsCompleted);
                    gate.SetResult(7);
                    await task;
                    Seen.Add(task.IsCompletedSuccessfully);
            """);
    }

    [Fact]
    public async Task Pooled_source_of_a_value_task_is_consumed_once()
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            """
            public sealed class Source : System.Threading.Tasks.Sources.IValueTaskSource<int>
            {
                private System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<int> _core;
                public int Reads;
                public ValueTask<int> Task => new(this, _core.Version);
                public void Set(int value) => _core.SetResult(value);
                public int GetResult(short token) { Reads++; int result = _core.GetResult(token); _core.Reset(); return result; }
                public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
                public void OnCompleted(Action<object?> continuation, object? state, short token, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);
            }
            public static class Tools { [RecordTool] public static ValueTask<int> Get(Source source) => source.Task; }
            """,
            """
                    var done = new Source(); done.Set(1);
                    Seen.Add(await Tools.Get(done)); Seen.Add(done.Reads);
                    var pending = new Source();
                    var task = Tools.Get(pending);
                    pending.Set(2);
                    Seen.Add(await task); Seen.Add(pending.Reads);
            """);

        Assert.Equal(["1", "2"], run.Events.Where(e => e.Returns is not null).Select(e => e.Returns!.ToString()));
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Task<int>")]
    [InlineData("ValueTask")]
    [InlineData("ValueTask<int>")]
    public async Task Method_that_throws_before_it_has_a_task_throws_synchronously(string type)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Get(string? text) => throw new ArgumentNullException(nameof(text)); }""",
            """
                    try { _ = Tools.Get(null); Seen.Add("returned"); }
                    catch (ArgumentNullException e) { Seen.Add("thrown by the call: " + e); }
            """);
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Task<int>")]
    [InlineData("IAsyncEnumerable<int>")]
    public async Task Null_instead_of_a_task_stays_null(string type)
    {
        RecordedRun run = await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Get() => null!; }""",
            "Seen.Add(Tools.Get() is null);");

        Assert.NotNull(run.Call.Duration);
    }

    [Theory]
    [InlineData("Task", "new TaskCompletionSource(\"state\")", "source.SetResult()")]
    [InlineData("Task<int>", "new TaskCompletionSource<int>(\"state\")", "source.SetResult(1)")]
    public async Task State_of_a_task_is_kept(string type, string source, string complete)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Get({{type}} task) => task; }""",
            $"var source = {source}; Task task = Tools.Get(source.Task); Seen.Add(task.AsyncState); {complete}; await task; Seen.Add(task.AsyncState);");
    }

    [Fact]
    public async Task Task_that_its_caller_is_to_start_can_be_started()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static Task<int> Make() => new Task<int>(() => 3); }",
            "Task<int> task = Tools.Make(); task.Start(); Seen.Add(await task);");
    }

    [Fact]
    public async Task Result_is_there_for_callers_that_block()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static async Task<int> Get() { await Task.Yield(); return 4; } [RecordTool] public static async ValueTask<int> GetValue() { await Task.Yield(); return 5; } }",
            "Seen.Add(Tools.Get().GetAwaiter().GetResult()); Seen.Add(Tools.GetValue().AsTask().Result);");
    }

    [Fact]
    public async Task Task_may_be_awaited_many_times_and_by_many()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static async Task<object> Get(Task gate) { await gate; return new object(); } }",
            """
                    var gate = new TaskCompletionSource();
                    Task<object> task = Tools.Get(gate.Task);
                    Task<object>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await task))];
                    gate.SetResult();
                    object[] seen = await Task.WhenAll(waiting);
                    Seen.Add(seen.Distinct().Count());
                    Seen.Add(ReferenceEquals(await task, seen[0]));
            """);
    }

    [Fact]
    public async Task Stream_is_lazy_and_disposed_as_it_would_be()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            public static class Tools
            {
                [RecordTool] public static async IAsyncEnumerable<int> Count()
                {
                    Seen.Add("started");
                    try { for (int i = 0; ; i++) { await Task.Yield(); yield return i; } }
                    finally { await Task.Yield(); Seen.Add("disposed"); }
                }
            }
            """,
            """
                    IAsyncEnumerable<int> stream = Tools.Count();
                    Seen.Add("made");
                    for (int pass = 0; pass < 2; pass++)
                    {
                        await foreach (int i in stream) { Seen.Add(i); if (i == 1) break; }
                        Seen.Add("left");
                    }
            """);
    }
}
