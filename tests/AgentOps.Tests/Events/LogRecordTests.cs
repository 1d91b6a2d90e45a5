using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Tests.Events;

/// <summary>Records of the program's log in the event log, and the trace of a session.</summary>
public sealed class LogRecordTests
{
    [Fact]
    public void A_record_is_read_back_with_all_it_says()
    {
        using Session session = Session.Start();

        Write("Order 17 is late", new FormatException("bad"));

        LogEvent log = Assert.Single(session.ReadEvents().OfType<LogEvent>());
        Assert.Equal(("Shop", LogSeverity.Warning, 42, "Late"), (log.Category, log.Severity, log.LogEventId, log.LogEventName));
        Assert.Equal(("Order 17 is late", "Order {Order} is late"), (log.Message, log.Template));
        Assert.Equal(("System.FormatException", "bad"), (log.ExceptionType, log.ExceptionMessage));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (log.TraceId, log.SpanId));
        Assert.Equal("\"outer\"", Assert.Single(log.Scopes).ToString());
        Assert.Equal(("Order", "17"), Assert.Single(log.Params.Select(static p => (p.Name, p.Value.ToString()))));
        Assert.Equal("System.FormatException: bad", log.Logs);
    }

    [Fact]
    public void A_record_counts_neither_as_an_action_nor_in_a_budget()
    {
        using Session session = Session.Start(new() { Budget = new() { MaxCalls = 1, MaxErrors = 1 } });

        Write("one", new FormatException());
        Write("two", null);

        Assert.Equal((0, 0), (session.BudgetUsage!.Calls, session.BudgetUsage.Errors));
        Assert.Equal((0, 0), (session.GetAnalytics().Counts.Actions, session.GetAnalytics().Counts.Errors));
        Assert.Equal(["one", "two"], session.GetAnalytics().CallTree.Select(static node => node.Event.DisplayName));
    }

    [Fact]
    public void A_kind_that_only_a_later_version_knows_is_passed_over_and_is_no_damage()
    {
        using Session session = Session.Start();
        var payload = new PayloadBuilder(256);
        payload.Write("of a later version");

        ThreadRecorder.Current.Write(FrameType.Manual, FrameFlags.Ok, session.Handle | (6UL << 32), 0, payload.Written);
        Write("after", null);

        EventLogReader reader = EventLogReader.OpenOwn(session.Log);
        Assert.Equal(["session_start", "logs"], reader.ReadEvents(session.Id).Select(static e => e.EventType));
        Assert.Equal(0, reader.DamagedFrames);
    }

    [Fact]
    public void A_feed_tells_each_event_once()
    {
        var feed = new EventFeed();
        using Session session = Session.Start();
        Write("first", null);
        List<AgentEvent> first = OfThis(feed.ReadNew());
        Write("second", null);

        Assert.Equal(["session_start", "logs"], first.Select(static e => e.EventType));
        Assert.Equal(["second"], OfThis(feed.ReadNew()).Select(static e => e.DisplayName));

        List<AgentEvent> OfThis(IEnumerable<AgentEvent> events) => [.. events.Where(e => e.SessionId == session.Id)];
    }

    [Fact]
    public void A_trace_is_kept_with_its_session_also_when_its_facts_change()
    {
        Assert.True(TraceContext.TryParse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1", out TraceContext? trace));
        using Session session = Session.Start(new() { Name = "traced", TraceContext = trace });

        session.SetMetric("n", 1);

        SessionStartEvent start = Assert.Single(session.ReadEvents().OfType<SessionStartEvent>());
        Assert.Equal(("traced", trace.TraceParent, "a=1"), (start.Name, start.TraceContext?.TraceParent, start.TraceContext?.TraceState));
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (trace.TraceId, trace.SpanId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public void What_is_no_trace_is_not_taken_for_one(string? header) => Assert.False(TraceContext.TryParse(header, null, out _));

    [Fact]
    public async Task Flushing_brings_what_was_recorded_to_the_disk_and_may_be_given_up()
    {
        using Session session = Session.Start();
        Write("flushed", null);

        await Recorder.FlushAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Recorder.FlushAsync(new CancellationToken(canceled: true)));
        Assert.Single(session.ReadEvents().OfType<LogEvent>());
    }

    private static void Write(string message, Exception? exception)
    {
        var entry = new LogEntry
        {
            Category = "Shop",
            Severity = (int)LogSeverity.Warning,
            EventId = 42,
            EventName = "Late",
            Message = message,
            Template = "Order {Order} is late",
            Exception = exception,
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            SpanId = "b7ad6b7169203331",
        };
        Assert.True(entry.TryBegin(out PayloadWriter payload));
        payload.BeginArray();
        payload.Write("outer");
        payload.Close();
        LogEntry.BeginValues(payload);
        payload.Name("Order");
        payload.Write(17);
        LogEntry.End(payload, exception);
    }
}
