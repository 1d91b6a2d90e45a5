using AgentOps.Events;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary>Which session a recorded call belongs to.</summary>
public sealed class SessionTests
{
    private const string Tools =
        """
        public static class Tools
        {
            [RecordTool] public static int Leaf(int n) => n;
            [RecordTool] public static async Task<int> Slow(int n) { await Task.Yield(); return Tools.Leaf(n); }
            [RecordTool] public static int With(Session? session, int n) => n;
            [RecordTool] public static async Task<int> WithAsync(int n, Session? session) { await Task.Yield(); return Tools.Leaf(n); }
        }
        """;

    [Fact]
    public async Task A_thousand_sessions_side_by_side_each_keep_their_own_events()
    {
        const int Count = 1000;
        GeneratedProgram program = GeneratedProgram.Create(
            $$"""
            {{Tools}}
            public static class Program
            {
                public static async Task<Session[]> Run(int count)
                {
                    var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    Task<Session>[] running = [.. Enumerable.Range(0, count).Select(n => One(n, start.Task))];
                    start.SetResult();
                    return await Task.WhenAll(running);
                }

                private static async Task<Session> One(int n, Task start)
                {
                    await start;
                    await using var session = Session.Start();
                    await Task.Yield();
                    await Task.WhenAll(Tools.Slow(n), Tools.Slow(n), Task.Run(() => Tools.Leaf(n)));
                    Tools.Leaf(n);
                    return session;
                }
            }
            """);

        Session[] sessions = await program.RunAsync<Session[]>(Count);

        Assert.Equal(0, RecorderHealth.Current.DroppedEvents);
        ILookup<Guid, ToolEvent> events = EventLogReader.Open(RecorderHealth.Current.LogDirectory!).ReadEvents()
            .OfType<ToolEvent>().ToLookup(e => e.SessionId);
        for (int n = 0; n < Count; n++)
        {
            ToolEvent[] own = [.. events[sessions[n].Id]];
            Assert.Equal(6, own.Length);
            Assert.All(own, e => Assert.Equal($"n={n}", e.Arguments()));
            Assert.All(own, e => Assert.Equal(EventStatus.Ok, e.Status));
            Guid[] slow = [.. own.Where(e => e.Name == "Slow").Select(e => e.Id)];
            Assert.Equal(2, own.Count(e => e.Name == "Leaf" && e.ParentId is { } parent && slow.Contains(parent)));
            Assert.Equal(2, own.Count(e => e.Name == "Leaf" && e.ParentId is null));
        }
    }

    [Fact]
    public async Task Session_passed_as_an_argument_wins_over_the_ambient_one()
    {
        (Session[] sessions, string[] events) = await RunAsync(
            """
                    await using var first = Session.Start();
                    await using var second = Session.Start();
                    Tools.Leaf(1);
                    Tools.With(first, 2);
                    await Tools.WithAsync(3, first);
                    Tools.With(second, 4);
                    return [first, second];
            """);

        Assert.Equal(2, sessions.Length);
        Assert.Equal(["Leaf 1, With 4", "Leaf 3, With 2, WithAsync 3"], events.Order());
    }

    [Fact]
    public async Task Calls_inside_a_call_with_a_session_argument_belong_to_that_session()
    {
        (_, string[] events) = await RunAsync(
            """
                    await using var first = Session.Start();
                    await using var second = Session.Start();
                    await Tools.WithAsync(3, first);
                    Tools.Leaf(4);
                    return [first, second];
            """);

        Assert.Equal(["Leaf 3, WithAsync 3", "Leaf 4"], events);
    }

    [Fact]
    public async Task Call_in_another_session_is_no_child_of_a_call_in_the_ambient_one()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools
            {
                [RecordTool] public static int Inner(Session session) => 1;
                [RecordTool] public static int Outer(Session session) { using var ambient = Session.Start(); return Tools.Inner(session); }
            }
            """,
            "Tools.Outer(session);");

        Assert.Null(run.Named("Inner").ParentId);
    }

    [Fact]
    public async Task Null_as_the_session_falls_back_to_the_ambient_one()
    {
        (_, string[] events) = await RunAsync(
            """
                    await using var session = Session.Start();
                    Tools.With(null, 1);
                    await Tools.WithAsync(2, null);
                    return [session];
            """);

        Assert.Equal(["Leaf 2, With 1, WithAsync 2"], events);
    }

    [Fact]
    public async Task Session_argument_is_enough_without_an_ambient_session()
    {
        (_, string[] events) = await RunAsync(
            """
                    static Session Make() { Session? made = null; var thread = new Thread(() => made = Session.Start()); thread.Start(); thread.Join(); return made!; }
                    Session other = Make();
                    if (Session.Current is not null) throw new Exception("There is an ambient session.");
                    Tools.With(other, 7);
                    other.End();
                    return [other];
            """);

        Assert.Equal(["With 7"], events);
    }

    [Fact]
    public async Task Ended_session_takes_no_more_calls()
    {
        (_, string[] events) = await RunAsync(
            """
                    var session = Session.Start();
                    Tools.Leaf(1);
                    session.End();
                    Tools.Leaf(2);
                    Tools.With(session, 3);
                    return [session];
            """);

        Assert.Equal(["Leaf 1"], events);
    }

    [Fact]
    public async Task Call_under_way_when_its_session_ends_still_gets_its_end()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static async Task<int> Wait(Task gate) { await gate; return 5; } }",
            """
                    var gate = new TaskCompletionSource();
                    Task<int> waiting = Tools.Wait(gate.Task);
                    session.End();
                    gate.SetResult();
                    await waiting;
            """);

        Assert.Equal((EventStatus.Ok, "5"), (run.Call.Status, run.Call.Returns!.ToString()));
    }

    [Fact]
    public async Task Inner_session_takes_the_calls_until_it_ends()
    {
        (_, string[] events) = await RunAsync(
            """
                    await using var outer = Session.Start();
                    Tools.Leaf(1);
                    var inner = Session.Start();
                    await Tools.Slow(2);
                    inner.End();
                    Tools.Leaf(3);
                    return [outer, inner];
            """);

        Assert.Equal(["Leaf 1, Leaf 3", "Leaf 2, Slow 2"], events);
    }

    [Theory]
    [InlineData("Tools.Leaf(1)")]
    [InlineData("Tools.Slow(1).GetAwaiter().GetResult()")]
    [InlineData("Tools.With(null, 1)")]
    public async Task Call_outside_any_session_returns_its_result_and_is_counted(string call)
    {
        long before = RecorderHealth.Current.CallsWithoutSession;
        GeneratedProgram program = GeneratedProgram.Create(
            $$"""
            {{Tools}}
            public static class Program
            {
                public static int Run() { int result = 0; var thread = new Thread(() => result = {{call}}); thread.UnsafeStart(); thread.Join(); return result; }
            }
            """);

        Assert.Equal(1, await program.RunAsync<int>());
        Assert.True(RecorderHealth.Current.CallsWithoutSession > before);
    }

    /// <summary>Runs a body that returns its sessions; gives what each of them recorded, by name, as text.</summary>
    private static async Task<(Session[] Sessions, string[] Events)> RunAsync(string body)
    {
        GeneratedProgram program = GeneratedProgram.Create(
            $$"""
            {{Tools}}
            public static class Program
            {
                public static async Task<Session[]> Run()
                {
                    await Task.CompletedTask;
            {{body}}
                }
            }
            """);
        Session[] sessions = await program.RunAsync<Session[]>();
        return (sessions,
        [
            .. sessions.Select(s => string.Join(", ", s.ReadEvents().OfType<ToolEvent>()
                .Select(e => $"{e.Name} {e.Params.Single(p => p.Name == "n").Value}").Order(StringComparer.Ordinal))),
        ]);
    }
}
