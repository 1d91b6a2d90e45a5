using System.Text.Json;
using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class SessionStartTests
{
    [Fact]
    public void Id_is_a_version_7_uuid()
    {
        using var session = Session.Start();

        Assert.Equal(7, session.Id.Version);
        Assert.InRange(session.Id.Variant, 0x8, 0xB);
    }

    [Fact]
    public void Id_begins_with_the_time_of_the_start_in_milliseconds()
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        using var session = Session.Start();
        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        long inId = Convert.ToInt64(session.Id.ToString("N")[..12], 16);
        Assert.InRange(inId, before, after);
    }

    [Fact]
    public void Ids_differ()
    {
        using var first = Session.Start();
        using var second = Session.Start();

        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public void Start_time_is_now_in_utc()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        using var session = Session.Start();

        Assert.InRange(session.StartedAt, before, DateTimeOffset.UtcNow);
        Assert.Equal(TimeSpan.Zero, session.StartedAt.Offset);
    }

    [Fact]
    public void A_session_without_options_is_open_and_bare()
    {
        using var session = Session.Start();

        Assert.False(session.IsEnded);
        Assert.Null(session.EndedAt);
        Assert.Null(session.Name);
        Assert.Null(session.EndStateReason);
        Assert.Equal(EndState.Indeterminate, session.EndState);
        Assert.Empty(session.Tags);
        Assert.Empty(session.Metrics);
    }

    [Fact]
    public void The_log_tells_what_the_session_was_started_with()
    {
        using var session = Session.Start(new SessionOptions { Name = "nightly", Tags = { "a", "b" }, Metrics = { ["retries"] = 3 } });

        SessionStartEvent start = StartOf(session);
        Assert.Equal("nightly", start.Name);
        Assert.Equal(["a", "b"], start.Tags);
        Assert.Equal(3, start.Metrics["retries"].Number);
        Assert.Equal(session.StartedAt, start.Start);
        Assert.Equal(session.Id, start.SessionId);
        Assert.False(start.IsResumed);
        Assert.Equal("session_start", start.EventType);
    }

    [Fact]
    public void Options_are_read_once()
    {
        var options = new SessionOptions { Name = "before", Tags = { "a" } };
        using var session = Session.Start(options);

        options.Name = "after";
        options.Tags.Add("b");
        options.Metrics["late"] = 1;

        Assert.Equal("before", session.Name);
        Assert.Equal(["a"], session.Tags);
        Assert.Empty(session.Metrics);
    }

    [Fact]
    public void A_very_long_name_leaves_the_rest_of_the_start_whole()
    {
        using var session = Session.Start(new SessionOptions { Name = new string('n', 100_000), Tags = { "kept" } });

        SessionStartEvent start = StartOf(session);
        Assert.Equal(session.StartedAt, start.Start);
        Assert.Equal(["kept"], start.Tags);
        Assert.StartsWith("nnn", start.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_of_the_host_unless_asked_for()
    {
        using var session = Session.Start();

        Assert.Null(StartOf(session).Host);
    }

    [Fact]
    public void Facts_about_the_host_are_recorded_on_request()
    {
        using var session = Session.Start(new SessionOptions { IncludeHostInfo = true });

        using var host = JsonDocument.Parse(StartOf(session).Host!.ToString());
        Assert.Equal(
            ["host_name", "os", "architecture", "runtime", "processors", "memory_bytes", "process_id"],
            host.RootElement.EnumerateObject().Select(static fact => fact.Name));
        Assert.Equal(Environment.ProcessId, host.RootElement.GetProperty("process_id").GetInt32());
        Assert.Equal(Environment.ProcessorCount, host.RootElement.GetProperty("processors").GetInt32());
    }

    private static SessionStartEvent StartOf(Session session) => Assert.Single(session.ReadEvents().OfType<SessionStartEvent>());
}
