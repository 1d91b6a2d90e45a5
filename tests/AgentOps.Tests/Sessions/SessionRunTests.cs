using System.Diagnostics;

namespace AgentOps.Tests.Sessions;

public sealed class SessionRunTests
{
    [Fact]
    public async Task A_body_that_returns_ends_the_session_as_success()
    {
        Session? inside = null;

        await Session.RunAsync(new SessionOptions { Name = "run" }, session =>
        {
            inside = session;
            Assert.Same(session, Session.Current);
            return Task.CompletedTask;
        });

        Assert.Equal("run", inside!.Name);
        Assert.Equal(EndState.Success, inside.EndState);
        Assert.Null(inside.EndStateReason);
        Assert.Null(Session.Current);
    }

    [Fact]
    public async Task The_result_of_the_body_is_the_result_of_the_run()
    {
        Session? inside = null;

        string result = await Session.RunAsync(null, async session =>
        {
            inside = session;
            await Task.Yield();
            return "answer";
        });

        Assert.Equal("answer", result);
        Assert.Equal(EndState.Success, inside!.EndState);
    }

    [Fact]
    public async Task An_end_state_given_by_the_body_counts()
    {
        Session? inside = null;

        await Session.RunAsync(null, session =>
        {
            inside = session;
            session.End(EndState.Fail, "not good enough");
            return Task.CompletedTask;
        });

        Assert.Equal(EndState.Fail, inside!.EndState);
        Assert.Equal("not good enough", inside.EndStateReason);
    }

    [Fact]
    public async Task A_body_that_throws_ends_the_session_as_fail_with_type_and_message()
    {
        var thrown = new InvalidOperationException("no route");
        Session? inside = null;

        var caught = await Assert.ThrowsAsync<InvalidOperationException>(() => Session.RunAsync(null, session =>
        {
            inside = session;
            throw thrown;
        }));

        Assert.Same(thrown, caught);
        Assert.Equal(EndState.Fail, inside!.EndState);
        Assert.Equal("System.InvalidOperationException: no route", inside.EndStateReason);
    }

    [Fact]
    public async Task A_body_with_a_result_that_throws_later_ends_the_session_as_fail()
    {
        var thrown = new FormatException("bad answer");
        Session? inside = null;

        var caught = await Assert.ThrowsAsync<FormatException>(() => Session.RunAsync<int>(null, async session =>
        {
            inside = session;
            await Task.Yield();
            throw thrown;
        }));

        Assert.Same(thrown, caught);
        Assert.Equal(EndState.Fail, inside!.EndState);
        Assert.Equal("System.FormatException: bad answer", inside.EndStateReason);
    }

    [Fact]
    public async Task The_stack_of_the_exception_still_begins_where_it_was_thrown()
    {
        var caught = await Assert.ThrowsAsync<InvalidOperationException>(() => Session.RunAsync(null, ThrowLaterAsync));
        var caughtWithResult = await Assert.ThrowsAsync<InvalidOperationException>(() => Session.RunAsync<int>(null, async session =>
        {
            await ThrowLaterAsync(session);
            return 0;
        }));

        Assert.Contains(nameof(ThrowDeep), new StackTrace(caught).GetFrame(0)!.GetMethod()!.Name, StringComparison.Ordinal);
        Assert.Contains(nameof(ThrowDeep), new StackTrace(caughtWithResult).GetFrame(0)!.GetMethod()!.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_body_ends_the_session_as_fail_and_the_task_as_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Session? inside = null;

        Task run = Session.RunAsync(null, async session =>
        {
            inside = session;
            await cancellation.CancelAsync();
            cancellation.Token.ThrowIfCancellationRequested();
        });

        var caught = await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.True(run.IsCanceled);
        Assert.Equal(cancellation.Token, caught.CancellationToken);
        Assert.Equal(EndState.Fail, inside!.EndState);
        Assert.StartsWith("System.OperationCanceledException: ", inside.EndStateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_whose_message_throws_goes_on_unchanged()
    {
        var thrown = new UnreadableException();
        Session? inside = null;

        Exception? caught = null;
        try
        {
            await Session.RunAsync(null, session =>
            {
                inside = session;
                throw thrown;
            });
        }
        catch (UnreadableException e)
        {
            caught = e;
        }

        Assert.True(ReferenceEquals(thrown, caught));
        Assert.Equal(EndState.Fail, inside!.EndState);
        Assert.Contains(nameof(UnreadableException), inside.EndStateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_needs_a_body()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Session.RunAsync(null, (Func<Session, Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Session.RunAsync(null, (Func<Session, Task<int>>)null!));
    }

    [Fact]
    public async Task A_run_refuses_options_that_no_session_can_start_with()
    {
        bool ran = false;

        await Assert.ThrowsAsync<ArgumentException>(() => Session.RunAsync(new SessionOptions { Tags = { "" } }, session =>
        {
            ran = true;
            return Task.CompletedTask;
        }));

        Assert.False(ran);
    }

    private static async Task ThrowLaterAsync(Session session)
    {
        await Task.Yield();
        ThrowDeep(session);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void ThrowDeep(Session session) => throw new InvalidOperationException($"thrown in {session.Id}");

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
