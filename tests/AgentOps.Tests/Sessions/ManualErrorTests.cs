using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class ManualErrorTests
{
    [Fact]
    public void Every_field_of_an_error_comes_back()
    {
        using var session = Session.Start();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Guid trigger = session.RecordTool(new ToolRecord("search"));

        Guid id = session.RecordError(new ErrorRecord
        {
            ErrorType = "RateLimit",
            Code = "429",
            Details = "slow down",
            Logs = "at the provider",
            TriggerEventId = trigger,
        });

        ErrorEvent error = Read(session);
        Assert.Equal(id, error.Id);
        Assert.Equal(session.Id, error.SessionId);
        Assert.Equal("RateLimit", error.ErrorType);
        Assert.Equal("RateLimit", error.DisplayName);
        Assert.Equal("429", error.Code);
        Assert.Equal("slow down", error.Details);
        Assert.Equal("at the provider", error.Logs);
        Assert.Equal(trigger, error.TriggerEventId);
        Assert.Equal("tools", error.TriggerEventType);
        Assert.Equal(trigger, error.ParentId);
        Assert.Equal(EventStatus.Error, error.Status);
        Assert.Equal(TimeSpan.Zero, error.Duration);
        // Derived from ticks by a clock that is read apart from the system's.
        Assert.InRange(error.Start, before.AddSeconds(-5), DateTimeOffset.UtcNow.AddSeconds(5));
    }

    [Fact]
    public void An_exception_fills_what_is_left_out()
    {
        using var session = Session.Start();
        Exception thrown = Assert.Throws<InvalidOperationException>(ThrowHere);

        session.RecordError(new ErrorRecord { Exception = thrown, Code = "E1" });

        ErrorEvent error = Read(session);
        Assert.Equal("System.InvalidOperationException", error.ErrorType);
        Assert.Equal("no route", error.Details);
        Assert.Contains(nameof(ThrowHere), error.Logs, StringComparison.Ordinal);
        Assert.Equal("E1", error.Code);
    }

    [Fact]
    public void What_is_given_wins_over_the_exception()
    {
        using var session = Session.Start();

        session.RecordError(new ErrorRecord { Exception = new FormatException("raw"), ErrorType = "Parse", Details = "bad", Logs = "log" });

        ErrorEvent error = Read(session);
        Assert.Equal("Parse", error.ErrorType);
        Assert.Equal("bad", error.Details);
        Assert.Equal("log", error.Logs);
    }

    [Fact]
    public void An_error_of_which_nothing_is_known_is_still_an_error()
    {
        using var session = Session.Start();

        session.RecordError(new ErrorRecord());

        ErrorEvent error = Read(session);
        Assert.Equal("Error", error.ErrorType);
        Assert.Null(error.Code);
        Assert.Null(error.Details);
        Assert.Null(error.Logs);
        Assert.Null(error.TriggerEventId);
        Assert.Null(error.TriggerEventType);
    }

    [Fact]
    public void A_trigger_that_this_process_does_not_know_is_kept_as_given()
    {
        using var session = Session.Start();
        var foreign = Guid.NewGuid();

        session.RecordError(new ErrorRecord { ErrorType = "Remote", TriggerEventId = foreign });

        Assert.Equal(foreign, Read(session).TriggerEventId);
        Assert.Null(Read(session).TriggerEventType);
    }

    [Theory]
    [InlineData("actions")]
    [InlineData("tools")]
    [InlineData("llms")]
    public void The_type_of_the_event_that_failed_is_named(string type)
    {
        using var session = Session.Start();
        Guid trigger = type switch
        {
            "actions" => session.RecordAction(new ActionRecord("a")),
            "tools" => session.RecordTool(new ToolRecord("t")),
            _ => session.RecordLlm(new LlmRecord()),
        };

        session.RecordError(new ErrorRecord { TriggerEventId = trigger });

        Assert.Equal(type, Read(session).TriggerEventType);
    }

    [Fact]
    public void An_exception_that_cannot_be_read_is_recorded_by_its_type()
    {
        using var session = Session.Start();

        session.RecordError(new ErrorRecord { Exception = new UnreadableException() });

        ErrorEvent error = Read(session);
        Assert.EndsWith(nameof(UnreadableException), error.ErrorType, StringComparison.Ordinal);
        Assert.Contains("NotSupportedException", error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_message_is_cut_and_leaves_the_code_whole()
    {
        using var session = Session.Start();

        session.RecordError(new ErrorRecord { ErrorType = "Big", Code = "413", Details = new string('d', 300_000) });

        ErrorEvent error = Read(session);
        Assert.True(error.IsTruncated);
        Assert.Equal("413", error.Code);
        Assert.EndsWith("d…", error.Details, StringComparison.Ordinal);
    }

    private static ErrorEvent Read(Session session) => Assert.Single(session.ReadEvents().OfType<ErrorEvent>());

    private static void ThrowHere() => throw new InvalidOperationException("no route");

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();
    }
}
