namespace AgentOps.Generators.Tests;

/// <summary>Contexts around a recorded call - execution context, synchronisation context, threads - are as they would be unrecorded.</summary>
public sealed class FlowTransparencyTests
{
    /// <summary>A context whose work one thread does, in the order in which it was posted.</summary>
    private const string Pump =
        """
        public sealed class Pump : SynchronizationContext
        {
            private readonly System.Collections.Concurrent.BlockingCollection<(SendOrPostCallback, object?)> _work = [];
            public Thread? Thread;
            public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));
            public void Run(Func<Task> body)
            {
                Thread = new Thread(() =>
                {
                    SetSynchronizationContext(this);
                    body().ContinueWith(_ => _work.CompleteAdding(), TaskScheduler.Default);
                    foreach (var (d, state) in _work.GetConsumingEnumerable()) d(state);
                });
                Thread.Start();
                Thread.Join();
            }
            public string Here => $"{(Thread.CurrentThread == Thread ? "on the pump" : "elsewhere")}, {(Current == this ? "in its context" : "in another context")}";
        }
        """;

    [Theory]
    [InlineData("void", "local.Value = 1;")]
    [InlineData("Task", "local.Value = 1; return Task.CompletedTask;")]
    [InlineData("async Task", "local.Value = 1; await Task.CompletedTask;")]
    [InlineData("async Task", "local.Value = 1; await Task.Yield(); local.Value = 2;")]
    [InlineData("async ValueTask", "local.Value = 1; await Task.Yield(); local.Value = 2;")]
    public async Task Async_local_set_by_the_callee_is_seen_by_the_caller_as_it_would_be(string type, string body)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static {{type}} Set(AsyncLocal<int> local) { {{body}} } }""",
            $"""
                    var local = new AsyncLocal<int>();
                    {(type == "void" ? "" : "var task = ")}Tools.Set(local);
                    Seen.Add(local.Value);
                    {(type == "void" ? "" : "await task;")}
                    Seen.Add(local.Value);
            """);
    }

    [Theory]
    [InlineData("Task", "local.Value++; Seen.Add(local.Value); return Task.CompletedTask;")]
    [InlineData("async Task", "Seen.Add(local.Value); local.Value++; await Returned.Task; Seen.Add(local.Value);")]
    public async Task Async_local_of_the_caller_is_seen_by_the_callee_and_is_its_own_afterwards(string type, string body)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            public static class Tools
            {
                public static readonly TaskCompletionSource Returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
                [RecordTool] public static {{type}} Use(AsyncLocal<int> local) { {{body}} }
            }
            """,
            """
                    var local = new AsyncLocal<int> { Value = 5 };
                    Task task = Tools.Use(local);
                    Seen.Add(local.Value);
                    Tools.Returned.SetResult();
                    task.GetAwaiter().GetResult();
                    Seen.Add(local.Value);
            """);
    }

    [Fact]
    public async Task Changes_of_an_async_local_are_told_as_often_while_nothing_is_pending()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static Task Use(AsyncLocal<int> local) { local.Value++; return Task.CompletedTask; } }",
            """
                    var local = new AsyncLocal<int>(change => Seen.Add($"{change.PreviousValue} to {change.CurrentValue}")) { Value = 5 };
                    await Tools.Use(local);
            """);
    }

    [Fact]
    public async Task Culture_set_by_the_callee_stays_set()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static void Use(System.Globalization.CultureInfo culture) => System.Globalization.CultureInfo.CurrentCulture = culture; }",
            """
                    var before = System.Globalization.CultureInfo.CurrentCulture;
                    var mine = (System.Globalization.CultureInfo)before.Clone();
                    Tools.Use(mine);
                    Seen.Add(ReferenceEquals(System.Globalization.CultureInfo.CurrentCulture, mine));
                    System.Globalization.CultureInfo.CurrentCulture = before;
            """);
    }

    [Fact]
    public async Task Suppressed_flow_stays_suppressed_until_its_caller_undoes_it()
    {
        await ComparedRun.SameAsUnrecorded(
            """
            public static class Tools
            {
                [RecordTool] public static bool Look() => ExecutionContext.IsFlowSuppressed();
                [RecordTool] public static AsyncFlowControl Suppress() => ExecutionContext.SuppressFlow();
            }
            """,
            """
                    using (ExecutionContext.SuppressFlow()) { Seen.Add(Tools.Look()); Seen.Add(ExecutionContext.IsFlowSuppressed()); }
                    Seen.Add(ExecutionContext.IsFlowSuppressed());
                    using (Tools.Suppress()) Seen.Add(ExecutionContext.IsFlowSuppressed());
                    Seen.Add(ExecutionContext.IsFlowSuppressed());
            """);
    }

    [Theory]
    [InlineData("async Task<int>", "")]
    [InlineData("async ValueTask<int>", "")]
    [InlineData("async Task<int>", ".ConfigureAwait(false)")]
    public async Task Callee_and_caller_continue_where_they_would(string type, string configure)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Pump}}
            public static class Tools
            {
                [RecordTool] public static {{type}} Work(Pump pump, Task gate) { await gate{{configure}}; Seen.Add("callee " + (pump.Here.Contains("another") ? "off" : "on")); return 1; }
            }
            """,
            """
                    var pump = new Pump();
                    pump.Run(async () =>
                    {
                        for (int i = 0; i < 2; i++)
                        {
                            var gate = new TaskCompletionSource();
                            var working = Tools.Work(pump, gate.Task);
                            _ = Task.Run(gate.SetResult);
                            await working;
                            Seen.Add("caller " + pump.Here);
                        }
                    });
            """);
    }

    [Theory]
    [InlineData("async Task<int>", "return await gate;")]
    [InlineData("Task<int>", "return gate;")]
    [InlineData("async ValueTask<int>", "return await gate;")]
    public async Task Caller_on_a_context_goes_on_before_the_completing_code_does(string type, string body)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Pump}}
            public static class Tools { [RecordTool] public static {{type}} Wait(Task<int> gate) { {{body}} } }
            """,
            """
                    var pump = new Pump();
                    pump.Run(async () =>
                    {
                        var gate = new TaskCompletionSource<int>();
                        Task waiting = Waiting(gate.Task);
                        Seen.Add("before");
                        gate.SetResult(1);
                        Seen.Add("after");
                        await waiting;
                    });
                    async Task Waiting(Task<int> gate) { await Tools.Wait(gate); Seen.Add("continued " + pump.Here); }
            """);
    }

    [Fact]
    public async Task Consumer_of_a_stream_on_a_context_goes_on_before_the_completing_code_does()
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""
            {{Pump}}
            public static class Tools { [RecordTool] public static async IAsyncEnumerable<int> Items(Task gate) { yield return 1; await gate; yield return 2; } }
            """,
            """
                    var pump = new Pump();
                    pump.Run(async () =>
                    {
                        var gate = new TaskCompletionSource();
                        Task waiting = Waiting(gate.Task);
                        Seen.Add("before");
                        gate.SetResult();
                        Seen.Add("after");
                        await waiting;
                    });
                    async Task Waiting(Task gate) { await foreach (int i in Tools.Items(gate)) Seen.Add($"{i} {pump.Here}"); }
            """);
    }

    [Theory]
    [InlineData("Task<int>")]
    [InlineData("ValueTask<int>")]
    public async Task Caller_without_a_context_continues_on_the_completing_thread(string type)
    {
        await ComparedRun.SameAsUnrecorded(
            $$"""public static class Tools { [RecordTool] public static async {{type}} Wait(Task<int> gate) => await gate; }""",
            """
                    var gate = new TaskCompletionSource<int>();
                    Thread? continued = null;
                    Task waiting = Waiting();
                    async Task Waiting() { await Tools.Wait(gate.Task); continued = Thread.CurrentThread; }
                    var thread = new Thread(() => { gate.SetResult(1); Seen.Add(continued == Thread.CurrentThread); });
                    thread.Start();
                    thread.Join();
                    await waiting;
            """);
    }

    [Fact]
    public async Task Task_scheduler_is_the_one_it_would_be()
    {
        await ComparedRun.SameAsUnrecorded(
            "public static class Tools { [RecordTool] public static async Task<bool> Look(TaskScheduler mine) { bool before = TaskScheduler.Current == mine; await Task.Yield(); return before && TaskScheduler.Current == mine; } }",
            """
                    TaskScheduler mine = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
                    await Task.Factory.StartNew(
                        async () => { Seen.Add(await Tools.Look(mine)); Seen.Add(TaskScheduler.Current == mine); },
                        CancellationToken.None, TaskCreationOptions.None, mine).Unwrap();
            """);
    }
}
