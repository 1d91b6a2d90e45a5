using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Which event is recorded inside which, whatever way the calls take.</summary>
public sealed class ParentTests
{
    private const string Tools =
        """
        public static class Tools
        {
            [RecordTool] public static int Leaf(int n) => n;
            [RecordTool] public static async Task<int> Slow(int n) { await Task.Yield(); return Tools.Leaf(n); }
            [RecordAction] public static async Task Step(string name, Func<Task> body) => await body();
            [RecordAction] public static void Now(Action body) => body();
        }
        """;

    [Fact]
    public async Task Calls_inside_a_call_are_its_children_and_those_after_it_are_not()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """
                    await Tools.Step("a", async () => { Tools.Leaf(1); await Task.Yield(); Tools.Leaf(2); await Tools.Slow(3); });
                    Tools.Leaf(4);
                    Tools.Now(() => Tools.Now(() => Tools.Leaf(5)));
                    Tools.Leaf(6);
            """);

        Assert.Equal("Step(Leaf(1) Leaf(2) Slow(3)(Leaf(3))) Leaf(4) Now(Now(Leaf(5))) Leaf(6)", Tree(run));
    }

    [Fact]
    public async Task Calls_under_WhenAll_are_siblings()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """await Tools.Step("all", () => Task.WhenAll(Enumerable.Range(0, 20).Select(n => Tools.Slow(n))));""");

        ActionEvent step = Assert.Single(run.Events.OfType<ActionEvent>());
        ToolEvent[] slow = [.. run.Events.OfType<ToolEvent>().Where(e => e.Name == "Slow")];
        Assert.Equal(20, slow.Length);
        Assert.All(slow, e => Assert.Equal(step.Id, e.ParentId));
        Assert.Equal(
            slow.ToDictionary(e => e.Id, EventText.Arguments),
            run.Events.OfType<ToolEvent>().Where(e => e.Name == "Leaf").ToDictionary(e => e.ParentId!.Value, EventText.Arguments));
    }

    [Fact]
    public async Task Calls_under_parallel_loops_are_children_of_the_call_around_the_loop()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """
                    await Tools.Step("async", () => Parallel.ForEachAsync(Enumerable.Range(0, 50), async (n, _) => await Tools.Slow(n)));
                    Tools.Now(() => Parallel.For(100, 150, n => Tools.Leaf(n)));
            """);

        ActionEvent step = (ActionEvent)run.Named("Step");
        ActionEvent now = (ActionEvent)run.Named("Now");
        Assert.Equal(50, run.Events.OfType<ToolEvent>().Count(e => e.Name == "Slow" && e.ParentId == step.Id));
        Assert.Equal(50, run.Events.OfType<ToolEvent>().Count(e => e.Name == "Leaf" && e.ParentId == now.Id));
        Assert.DoesNotContain(run.Events, e => e is ToolEvent && e.ParentId is null);
    }

    [Fact]
    public async Task Parent_follows_the_flow_over_threads()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """
                    await Tools.Step("hops", async () =>
                    {
                        var thread = new Thread(() => Tools.Leaf(1)); thread.Start(); thread.Join();
                        await Task.Run(() => Tools.Leaf(2));
                        var done = new TaskCompletionSource();
                        ThreadPool.QueueUserWorkItem(_ => { Tools.Leaf(3); done.SetResult(); });
                        await done.Task;
                        await Task.Factory.StartNew(() => Tools.Leaf(5), TaskCreationOptions.LongRunning);
                        await Task.Run(() => { }).ContinueWith(_ => Tools.Leaf(6), TaskScheduler.Default);
                    });
            """);

        Assert.Equal("Step(Leaf(1) Leaf(2) Leaf(3) Leaf(5) Leaf(6))", Tree(run));
    }

    [Fact]
    public async Task Completing_a_task_does_not_make_its_continuation_a_child()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """
                    var gate = new TaskCompletionSource();
                    Task waiting = Waiting();
                    async Task Waiting() { await gate.Task; Tools.Leaf(1); }
                    Tools.Now(() => gate.SetResult());
                    await waiting;
            """);

        Assert.Equal("Now Leaf(1)", Tree(run));
    }

    [Fact]
    public async Task Work_that_outlives_its_parent_stays_its_child()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """
                    var gate = new TaskCompletionSource();
                    Task? forgotten = null;
                    Tools.Now(() => forgotten = Task.Run(async () => { await gate.Task; await Tools.Slow(1); }));
                    Tools.Leaf(2);
                    gate.SetResult();
                    await forgotten!;
            """);

        Assert.Equal("Now(Slow(1)(Leaf(1))) Leaf(2)", Tree(run));
        AgentEvent parent = run.Named("Now");
        Assert.True(run.Named("Slow").Start > parent.End);
    }

    [Fact]
    public async Task Events_of_a_streams_body_are_its_children_and_those_of_its_consumer_are_not()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            public static class Streams
            {
                [RecordTool] public static async IAsyncEnumerable<int> Items()
                {
                    Tools.Leaf(1); yield return 1;
                    await Task.Yield(); Tools.Leaf(2); yield return 2;
                    await Tools.Slow(3);
                }
            }
            """,
            """
                    await Tools.Step("reading", async () =>
                    {
                        await foreach (int i in Streams.Items()) { Tools.Leaf(i * 10); await Tools.Slow(i * 100); }
                        Tools.Leaf(9);
                    });
            """);

        Assert.Equal("Step(Items(Leaf(1) Leaf(2) Slow(3)(Leaf(3))) Leaf(10) Slow(100)(Leaf(100)) Leaf(20) Slow(200)(Leaf(200)) Leaf(9))", Tree(run));
    }

    [Fact]
    public async Task Stream_that_reads_another_nests()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{Tools}}
            public static class Streams
            {
                [RecordTool] public static async IAsyncEnumerable<int> Inner() { await Task.Yield(); yield return Tools.Leaf(1); }
                [RecordTool] public static async IAsyncEnumerable<int> Outer() { await foreach (int i in Streams.Inner()) yield return Tools.Leaf(i + 1); }
            }
            """,
            "await foreach (int i in Streams.Outer()) Tools.Leaf(3);");

        Assert.Equal("Outer(Inner(Leaf(1)) Leaf(2)) Leaf(3)", Tree(run));
    }

    [Fact]
    public async Task Recursion_is_a_chain()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static async ValueTask<int> Down(int n) { await Task.Yield(); return n == 0 ? 0 : await Tools.Down(n - 1); } }",
            "await Tools.Down(3);");

        Assert.Equal("Down(3)(Down(2)(Down(1)(Down(0))))", Tree(run));
    }

    [Fact]
    public async Task Records_made_by_hand_are_children_of_the_call_around_them()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools,
            """await Tools.Step("a", async () => { await Task.Yield(); Session.Current!.RecordTool(new ToolRecord("by hand")); });""");

        Assert.Equal(run.Named("Step").Id, run.Named("by hand").ParentId);
    }

    [Fact]
    public async Task One_failure_through_nested_calls_is_one_error_of_the_innermost()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static int Inner() => throw new InvalidOperationException("boom");
                [RecordTool] public static async Task<int> Middle() { await Task.Yield(); return Tools.Inner(); }
                [RecordAction] public static async ValueTask<int> Outer() => await Tools.Middle();
                [RecordAction] public static async IAsyncEnumerable<int> Stream() { yield return await Tools.Outer(); }
            }
            """,
            "try { await foreach (int i in Tools.Stream()) { } } catch (InvalidOperationException) { }");

        ErrorEvent error = Assert.Single(run.Errors);
        AgentEvent inner = run.Named("Inner");
        Assert.Equal((inner.Id, inner.Id, "tools"), (error.ParentId, error.TriggerEventId, error.TriggerEventType));
        Assert.Equal("System.InvalidOperationException: boom", $"{error.ErrorType}: {error.Details}");
        Assert.Contains("at Tools.Inner()", error.Logs, StringComparison.Ordinal);
        Assert.All(["Inner", "Middle", "Outer", "Stream"], name => Assert.Equal(EventStatus.Error, run.Named(name).Status));
    }

    [Fact]
    public async Task Failure_that_is_handled_inside_is_not_one_of_the_call_around()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static int Inner() => throw new InvalidOperationException("boom");
                [RecordAction] public static int Outer() { try { return Tools.Inner(); } catch (InvalidOperationException) { return -1; } }
            }
            """,
            "Tools.Outer();");

        Assert.Single(run.Errors);
        Assert.Equal((EventStatus.Ok, EventStatus.Error), (run.Named("Outer").Status, run.Named("Inner").Status));
    }

    [Fact]
    public async Task Same_exception_thrown_twice_is_two_errors()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { private static readonly Exception s_shared = new InvalidOperationException(\"shared\"); [RecordTool] public static int Fail(int n) => throw s_shared; }",
            """
                    try { Tools.Fail(1); } catch (InvalidOperationException) { }
                    try { Tools.Fail(2); } catch (InvalidOperationException) { }
            """);

        Assert.Equal(
            run.Events.OfType<ToolEvent>().Select(e => (Guid?)e.Id),
            run.Errors.Select(e => e.TriggerEventId));
        Assert.Equal(2, run.Errors.Count());
    }

    [Fact]
    public async Task Exception_wrapped_on_its_way_is_an_error_of_its_own()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static int Inner() => throw new InvalidOperationException("inner");
                [RecordAction] public static int Outer() { try { return Tools.Inner(); } catch (Exception e) { throw new ApplicationException("outer", e); } }
            }
            """,
            "try { Tools.Outer(); } catch (ApplicationException) { }");

        Assert.Equal(
            [("inner", run.Named("Inner").Id), ("outer", run.Named("Outer").Id)],
            run.Errors.Select(e => (e.Details!, e.TriggerEventId!.Value)).Order());
    }

    /// <summary>The calls as a tree: name, first numeric argument, children in brackets.</summary>
    private static string Tree(RecordedRun run) => Below(run, null);

    private static string Below(RecordedRun run, Guid? parent) => string.Join(" ", run.Events
        .Where(e => e is ToolEvent or ActionEvent && e.ParentId == parent)
        .Select(e =>
        {
            string inner = Below(run, e.Id);
            string argument = e.Params is [{ Name: "n" } n, ..] ? $"({n.Value})" : "";
            return e.DisplayName + argument + (inner.Length == 0 ? "" : $"({inner})");
        }));
}
