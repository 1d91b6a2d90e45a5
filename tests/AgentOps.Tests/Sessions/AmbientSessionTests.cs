namespace AgentOps.Tests.Sessions;

public sealed class AmbientSessionTests
{
    [Fact]
    public void There_is_no_current_session_outside_of_any()
    {
        Assert.Null(Session.Current);
    }

    [Fact]
    public void The_session_started_last_is_current()
    {
        using var outer = Session.Start();
        using var inner = Session.Start();

        Assert.Same(inner, Session.Current);
    }

    [Fact]
    public void The_end_of_an_inner_session_gives_the_outer_one_back()
    {
        using var outer = Session.Start();
        var inner = Session.Start();

        inner.End();

        Assert.Same(outer, Session.Current);
    }

    [Fact]
    public void The_end_of_an_outer_session_leaves_the_inner_one_current()
    {
        var outer = Session.Start();
        using var inner = Session.Start();

        outer.End();

        Assert.Same(inner, Session.Current);
    }

    [Fact]
    public void An_ended_session_is_never_given_back()
    {
        using var first = Session.Start();
        var second = Session.Start();
        var third = Session.Start();

        second.End();
        third.End();

        Assert.Same(first, Session.Current);
    }

    [Fact]
    public async Task A_session_ended_in_another_flow_makes_way_for_the_one_around_it()
    {
        using var outer = Session.Start();
        var inner = Session.Start();

        await Task.Run(inner.Dispose, TestContext.Current.CancellationToken);

        Assert.Same(outer, Session.Current);
    }

    [Fact]
    public void A_session_ended_in_another_flow_is_not_kept_by_the_one_that_follows()
    {
        WeakReference first = StartAndEndElsewhere();
        using var second = Session.Start();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(first.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference StartAndEndElsewhere()
        {
            var session = Session.Start();
            var thread = new Thread(session.Dispose);
            thread.Start();
            thread.Join();
            return new WeakReference(session);
        }
    }

    [Fact]
    public void There_is_no_current_session_after_the_end()
    {
        var session = Session.Start();

        session.End();

        Assert.Null(Session.Current);
    }

    [Fact]
    public async Task The_session_is_current_across_awaits()
    {
        await using var session = Session.Start();

        await Task.Yield();
        Assert.Same(session, Session.Current);
        await Task.Delay(1, TestContext.Current.CancellationToken);
        Assert.Same(session, Session.Current);
    }

    [Fact]
    public async Task The_session_is_current_in_tasks_that_the_flow_starts()
    {
        await using var session = Session.Start();

        Session? inTask = await Task.Run(static () => Session.Current, TestContext.Current.CancellationToken);

        Assert.Same(session, inTask);
    }

    [Fact]
    public void The_session_is_current_on_threads_that_the_flow_starts()
    {
        using var session = Session.Start();
        Session? onThread = null;

        var thread = new Thread(() => onThread = Session.Current);
        thread.Start();
        thread.Join();

        Assert.Same(session, onThread);
    }

    [Fact]
    public async Task A_session_started_in_a_called_method_is_not_the_callers()
    {
        await using var outer = Session.Start();

        Session inner = await StartInsideAsync();

        Assert.Same(outer, Session.Current);
        inner.End();

        static async Task<Session> StartInsideAsync()
        {
            await Task.Yield();
            return Session.Start();
        }
    }

    [Fact]
    public async Task Each_of_several_flows_has_its_own_session()
    {
        await using var outer = Session.Start();
        var allStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int started = 0;

        bool[] kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await using var own = Session.Start();
            if (Interlocked.Increment(ref started) == 20)
                allStarted.SetResult();
            await allStarted.Task;
            return ReferenceEquals(own, Session.Current);
        }));

        Assert.All(kept, Assert.True);
        Assert.Same(outer, Session.Current);
    }

    [Fact]
    public void The_flow_of_the_session_stops_where_the_context_does()
    {
        using var session = Session.Start();
        Session? onThread = session;

        var thread = new Thread(() => onThread = Session.Current);
        using (ExecutionContext.SuppressFlow())
            thread.Start();
        thread.Join();

        Assert.Null(onThread);
    }
}
