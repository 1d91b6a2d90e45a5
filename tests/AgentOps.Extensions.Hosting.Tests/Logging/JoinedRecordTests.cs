using System.Diagnostics;
using AgentOps.Events;
using AgentOps.Extensions.Hosting.Tests.Support;
using AgentOps.Recording;
using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Tests.Logging;

public sealed class JoinedRecordTests
{
    [Fact]
    public void A_record_inside_a_session_joins_it_with_level_category_id_message_template_and_values()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();

        loggers.Of("Shop.Orders").Log(LogLevel.Warning, new EventId(42, "Late"), "Order {Order} is {Hours:0.0} hours late", 17, 2.5);

        LogEvent log = Assert.Single(session.Logs());
        Assert.Equal((LogSeverity.Warning, "Shop.Orders", 42, "Late"), (log.Severity, log.Category, log.LogEventId, log.LogEventName));
        Assert.Equal("Order 17 is 2.5 hours late", log.Message);
        Assert.Equal("Order {Order} is {Hours:0.0} hours late", log.Template);
        Assert.Equal([("Order", "17"), ("Hours", "2.5")], log.Params.Select(static p => (p.Name, p.Value.ToString())));
        Assert.Equal("logs", log.EventType);
        Assert.Equal(session.Id, log.SessionId);
    }

    [Fact]
    public void A_record_outside_any_session_joins_none_and_is_not_even_formatted()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();
        session.End();

        Assert.False(Provider().CreateLogger("A").IsEnabled(LogLevel.Critical));
        loggers.Of("A").LogCritical("Nobody hears this");

        Assert.Empty(session.Logs());
    }

    [Fact]
    public void A_record_is_a_child_of_the_recorded_call_and_of_its_agent()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();

        new Weather(loggers.Of("Sky")).Answer("Lisbon");

        IReadOnlyList<AgentEvent> events = session.ReadEvents();
        LogEvent log = Assert.Single(events.OfType<LogEvent>());
        Assert.Equal(Assert.Single(events.OfType<ToolEvent>()).Id, log.ParentId);
        Assert.Equal("forecaster", log.Agent?.Name);
        Assert.Equal((7, "Looked", "Looked at the sky of Lisbon"), (log.LogEventId, log.LogEventName, log.Message));
    }

    [Fact]
    public void An_exception_is_kept_with_type_message_and_whole_text()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();
        var exception = new InvalidOperationException("outer", new FormatException("inner"));

        loggers.Of("A").LogError(exception, "It failed");

        LogEvent log = Assert.Single(session.Logs());
        Assert.Equal(("System.InvalidOperationException", "outer"), (log.ExceptionType, log.ExceptionMessage));
        Assert.Equal(exception.ToString(), log.Logs);
    }

    [Fact]
    public void Scopes_are_kept_the_outermost_first()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();
        ILogger logger = loggers.Of("A");

        using (logger.BeginScope("request"))
        using (logger.BeginScope("order {Order} of {Customer}", 17, "Ada"))
        using (logger.BeginScope(new Dictionary<string, object?> { ["attempt"] = 2, ["password"] = "hunter2" }))
            logger.LogInformation("Working");

        Assert.Equal(
            ["\"request\"", """{"Order":17,"Customer":"Ada"}""", """{"attempt":2,"password":"[redacted]"}"""],
            Assert.Single(session.Logs()).Scopes.Select(static s => s.ToString()));
    }

    [Fact]
    public void Scopes_can_be_left_out()
    {
        using Loggers loggers = Loggers.Joined(static o => o.IncludeScopes = false);
        using Session session = Session.Start();
        ILogger logger = loggers.Of("A");

        using (logger.BeginScope("request"))
            logger.LogInformation("Working");

        Assert.Empty(Assert.Single(session.Logs()).Scopes);
    }

    [Fact]
    public void The_trace_and_span_of_the_flow_are_kept()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();
        using Activity activity = new Activity("work").SetIdFormat(ActivityIdFormat.W3C).Start();

        loggers.Of("A").LogInformation("Working");

        LogEvent log = Assert.Single(session.Logs());
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (log.TraceId, log.SpanId));
    }

    [Fact]
    public void Below_the_minimum_level_nothing_joins()
    {
        using Loggers loggers = Loggers.Joined(static o => o.MinimumLevel = LogLevel.Warning);
        using Session session = Session.Start();
        ILogger logger = loggers.Of("A");

        logger.LogInformation("no");
        logger.LogWarning("yes");

        Assert.Equal("yes", Assert.Single(session.Logs()).Message);
    }

    [Fact]
    public void The_provider_can_be_filtered_by_its_type()
    {
        using Loggers loggers = Loggers.Create(static logging => logging.AddAgentOps().AddFilter<AgentOpsLoggerProvider>("Noisy", LogLevel.Error));
        using Session session = Session.Start();

        loggers.Of("Noisy").LogWarning("no");
        loggers.Of("Quiet").LogWarning("yes");

        Assert.Equal("yes", Assert.Single(session.Logs()).Message);
    }

    [Theory]
    [InlineData("AgentOps.Events")]
    [InlineData("AgentOps.Recorder")]
    public void Own_categories_never_join(string category)
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();

        loggers.Of(category).LogWarning("This tells of what was recorded");

        Assert.Empty(session.Logs());
    }

    [Fact]
    public void What_a_value_logs_while_it_is_read_does_not_join()
    {
        using Session session = Session.Start();
        ILogger logger = Provider().CreateLogger("A");

        logger.LogInformation("Value {Value}", new LoggingValue(logger));

        LogEvent log = Assert.Single(session.Logs());
        Assert.Equal("Value I log", log.Message);
        Assert.Equal("\"I log\"", log.Param("Value"));
    }

    [Fact]
    public void A_value_that_throws_is_told_as_such_and_harms_nobody()
    {
        using Session session = Session.Start();
        var values = new KeyValuePair<string, object?>[] { new("Bad", new ThrowingValue()), new("Good", 1) };

        Provider().CreateLogger("A").Log(LogLevel.Information, default, values, null, static (_, _) => "text");

        LogEvent log = Assert.Single(session.Logs());
        Assert.Equal(("text", "\"<threw System.NotSupportedException>\"", "1"), (log.Message, log.Param("Bad"), log.Param("Good")));
    }

    [Fact]
    public void A_message_beyond_the_limit_is_cut_and_marked()
    {
        using Loggers loggers = Loggers.Joined();
        using Session session = Session.Start();

        loggers.Of("A").LogInformation("{Text}", new string('x', 1_000_000));

        LogEvent log = Assert.Single(session.Logs());
        Assert.True(log.IsTruncated);
        Assert.InRange(log.Message!.Length, 100_000, 131_072);
    }

    [Fact]
    public async Task Records_of_parallel_sessions_join_each_its_own()
    {
        using Loggers loggers = Loggers.Joined();
        ILogger logger = loggers.Of("A");

        (int Number, Session Session)[] sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            await using Session session = Session.Start();
            for (int i = 0; i < 5; i++)
            {
                logger.LogInformation("From {Number}", number);
                await Task.Yield();
            }
            return (number, session);
        }));

        ILookup<Guid, LogEvent> logs = EventLogReader.Open(TestLogs.Root).ReadEvents().OfType<LogEvent>().ToLookup(static e => e.SessionId);
        Assert.All(sessions, s => Assert.Equal(Enumerable.Repeat($"From {s.Number}", 5), logs[s.Session.Id].Select(static e => e.Message)));
    }

    [Fact]
    public void Nobody_is_waiting_for_the_caller_of_a_runtime_entry_without_a_session()
    {
        using Session session = Session.Start();
        session.End();

        Assert.False(new LogEntry { Category = "A", Severity = 2 }.TryBegin(out PayloadWriter payload));
        Assert.False(payload.IsRecording);
    }

    private static AgentOpsLoggerProvider Provider() => new(Microsoft.Extensions.Options.Options.Create(new AgentOpsLoggerOptions()));

    private sealed class LoggingValue(ILogger logger)
    {
        public override string ToString()
        {
            logger.LogCritical("Looked at");
            return "I log";
        }
    }

    private sealed class ThrowingValue
    {
        public override string ToString() => throw new NotSupportedException("no text");
    }
}
