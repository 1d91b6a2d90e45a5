using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class SessionAnalyticsTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Events_are_counted_by_type()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord());
        for (int i = 0; i < 2; i++)
            session.RecordTool(new ToolRecord("t"));
        for (int i = 0; i < 3; i++)
            session.RecordAction(new ActionRecord("a"));
        for (int i = 0; i < 4; i++)
            session.RecordError(new ErrorRecord());
        session.AddTags("not counted");

        EventCounts counts = session.GetAnalytics().Counts;

        Assert.Equal(new EventCounts(Llms: 1, Tools: 2, Actions: 3, Errors: 4), counts);
        Assert.Equal(10, counts.Total);
    }

    [Fact]
    public void A_session_without_events_has_numbers_too()
    {
        using var session = Session.Start();

        SessionAnalytics analytics = session.GetAnalytics();

        Assert.Equal(session.Id, analytics.SessionId);
        Assert.Equal(0, analytics.Counts.Total);
        Assert.Empty(analytics.Models);
        Assert.Empty(analytics.CallSites);
        Assert.Empty(analytics.CallTree);
        Assert.Equal(0, analytics.Incomplete);
    }

    [Fact]
    public void A_session_that_is_not_among_the_events_has_empty_numbers()
    {
        SessionAnalytics analytics = new AgentEvent[] { Tool(Guid.NewGuid(), s_noon) }.GetAnalytics(Guid.NewGuid());

        Assert.Equal(0, analytics.Counts.Total);
        Assert.Equal(TimeSpan.Zero, analytics.Duration);
    }

    [Fact]
    public void Events_of_other_sessions_do_not_count()
    {
        var own = Guid.NewGuid();
        var events = new AgentEvent[] { Tool(own, s_noon), Tool(Guid.NewGuid(), s_noon), Tool(own, s_noon) };

        Assert.Equal(2, events.GetAnalytics(own).Counts.Tools);
    }

    [Fact]
    public void Duration_is_from_start_to_end()
    {
        var session = Session.Start();
        session.RecordTool(new ToolRecord("t"));
        session.End(EndState.Success);

        Assert.Equal(session.EndedAt - session.StartedAt, session.GetAnalytics().Duration);
    }

    [Fact]
    public void Duration_of_an_open_session_is_to_the_end_of_its_last_event()
    {
        using var session = Session.Start();
        session.RecordTool(new ToolRecord("t") { Start = session.StartedAt, End = session.StartedAt.AddMinutes(3) });

        Assert.Equal(TimeSpan.FromMinutes(3), session.GetAnalytics().Duration);
    }

    [Fact]
    public void An_event_dated_before_the_session_does_not_lengthen_it()
    {
        var session = Session.Start();
        session.RecordTool(new ToolRecord("imported") { Start = s_noon, End = s_noon.AddSeconds(1) });
        session.End(EndState.Success);

        Assert.Equal(session.EndedAt - session.StartedAt, session.GetAnalytics().Duration);
    }

    [Fact]
    public void Duration_of_a_shared_session_is_from_the_first_start_to_the_last_end()
    {
        var id = Guid.NewGuid();
        AgentEvent[] events =
        [
            new SessionStartEvent { Id = Guid.NewGuid(), SessionId = id, Start = s_noon },
            new SessionStartEvent { Id = Guid.NewGuid(), SessionId = id, Start = s_noon.AddSeconds(1), IsResumed = true },
            new SessionEndEvent { Id = Guid.NewGuid(), SessionId = id, Start = s_noon.AddSeconds(5), EndState = EndState.Indeterminate },
            new SessionEndEvent { Id = Guid.NewGuid(), SessionId = id, Start = s_noon.AddSeconds(9), EndState = EndState.Success },
        ];

        Assert.Equal(TimeSpan.FromSeconds(9), events.GetAnalytics(id).Duration);
    }

    [Fact]
    public void Calls_without_an_end_are_counted()
    {
        var id = Guid.NewGuid();
        AgentEvent[] events =
        [
            Tool(id, s_noon) with { Status = EventStatus.Incomplete },
            Tool(id, s_noon) with { Status = EventStatus.Error },
            Tool(id, s_noon),
        ];

        Assert.Equal(1, events.GetAnalytics(id).Incomplete);
    }

    [Fact]
    public void Numbers_may_be_read_at_any_time_and_change_nothing()
    {
        var session = Session.Start();
        session.RecordTool(new ToolRecord("t"));

        SessionAnalytics first = session.GetAnalytics();
        SessionAnalytics second = session.GetAnalytics();
        session.RecordTool(new ToolRecord("t"));
        SessionAnalytics third = session.GetAnalytics();
        session.End(EndState.Success);

        Assert.Equal(first.Counts, second.Counts);
        Assert.Equal(2, third.Counts.Tools);
        Assert.Equal(2, session.GetAnalytics().Counts.Tools);
        Assert.Equal(["session_start", "tools", "tools", "session_end"], session.ReadEvents().Select(static e => e.EventType));
    }

    [Fact]
    public void A_session_and_events_must_be_given()
    {
        Assert.Throws<ArgumentNullException>(() => ((Session)null!).GetAnalytics());
        Assert.Throws<ArgumentNullException>(() => ((Session)null!).ReadEvents());
        Assert.Throws<ArgumentNullException>(() => ((IReadOnlyList<AgentEvent>)null!).GetAnalytics(Guid.NewGuid()));
    }

    private static ToolEvent Tool(Guid session, DateTimeOffset start) =>
        new() { Id = Guid.NewGuid(), SessionId = session, Start = start, Duration = TimeSpan.Zero, Name = "t" };
}
