using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class SessionEndTests
{
    [Theory]
    [InlineData(EndState.Success, "found it")]
    [InlineData(EndState.Fail, "gave up")]
    [InlineData(EndState.Indeterminate, "interrupted")]
    [InlineData(EndState.Success, null)]
    public void The_end_state_and_its_reason_are_kept(EndState state, string? reason)
    {
        var session = Session.Start();

        session.End(state, reason);

        Assert.True(session.IsEnded);
        Assert.Equal(state, session.EndState);
        Assert.Equal(reason, session.EndStateReason);
        SessionEndEvent end = EndOf(session);
        Assert.Equal(state, end.EndState);
        Assert.Equal(reason, end.Reason);
    }

    [Fact]
    public void End_time_is_in_utc_and_not_before_the_start()
    {
        var session = Session.Start();

        session.End(EndState.Success);

        DateTimeOffset ended = Assert.NotNull(session.EndedAt);
        Assert.InRange(ended, session.StartedAt, DateTimeOffset.UtcNow);
        Assert.Equal(TimeSpan.Zero, ended.Offset);
        Assert.Equal(ended, EndOf(session).Start);
    }

    [Fact]
    public void The_first_end_counts()
    {
        var session = Session.Start();
        session.End(EndState.Fail, "first");
        DateTimeOffset? ended = session.EndedAt;

        session.End(EndState.Success, "second");

        Assert.Equal(EndState.Fail, session.EndState);
        Assert.Equal("first", session.EndStateReason);
        Assert.Equal(ended, session.EndedAt);
        Assert.Equal("first", EndOf(session).Reason);
    }

    [Fact]
    public void Of_many_ends_at_once_one_counts()
    {
        var session = Session.Start();

        Parallel.For(0, 64, i => session.End(EndState.Success, $"end {i}"));

        Assert.Equal(session.EndStateReason, EndOf(session).Reason);
    }

    [Fact]
    public void Dispose_ends_an_open_session_as_indeterminate()
    {
        var session = Session.Start();

        session.Dispose();

        Assert.True(session.IsEnded);
        Assert.Equal(EndState.Indeterminate, EndOf(session).EndState);
    }

    [Fact]
    public async Task DisposeAsync_ends_an_open_session_as_indeterminate()
    {
        var session = Session.Start();

        await session.DisposeAsync();

        Assert.True(session.IsEnded);
        Assert.Equal(EndState.Indeterminate, EndOf(session).EndState);
    }

    [Fact]
    public void Dispose_leaves_an_earlier_end_as_it_is()
    {
        var session = Session.Start();
        session.End(EndState.Success, "done");

        session.Dispose();

        Assert.Equal(EndState.Success, session.EndState);
        Assert.Equal("done", EndOf(session).Reason);
    }

    [Fact]
    public void Nothing_throws_after_the_end()
    {
        var session = Session.Start();
        session.End();

        Assert.Null(Record.Exception(() =>
        {
            session.AddTags("late");
            session.SetTags("late");
            session.SetMetric("late", 1);
            session.RecordAction(new ActionRecord("late"));
            session.RecordTool(new ToolRecord("late"));
            session.RecordLlm(new LlmRecord());
            session.RecordError(new ErrorRecord());
            session.End(EndState.Success);
            session.Dispose();
        }));
    }

    [Fact]
    public void A_session_that_has_ended_is_still_readable()
    {
        var session = Session.Start();
        session.RecordAction(new ActionRecord("work"));
        session.End(EndState.Success);

        Assert.Equal(["session_start", "actions", "session_end"], session.ReadEvents().Select(static e => e.EventType));
    }

    private static SessionEndEvent EndOf(Session session) => Assert.Single(session.ReadEvents().OfType<SessionEndEvent>());
}
