using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>The log of a process that ended inside a recorded call.</summary>
public sealed class DeadProcessTests
{
    [Theory]
    [InlineData("hold-call")]
    [InlineData("fail-fast")]
    public async Task All_that_was_recorded_is_there_and_open_calls_are_interrupted(string command)
    {
        using var folder = new TemporaryFolder();
        Guid session = await DieAsync(folder, command);

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(folder.Path).ReadEvents();

        Assert.All(events, e => Assert.Equal(session, e.SessionId));
        Assert.Equal("doomed", Assert.Single(events.OfType<SessionStartEvent>()).Name);
        AgentEvent[] recorded = [.. events.Where(static e => e is not (SessionStartEvent or SessionEndEvent))];
        Assert.Equal(
            [("finished", EventStatus.Ok), ("inner", EventStatus.Interrupted), ("last words", EventStatus.Ok), ("outer", EventStatus.Interrupted)],
            recorded.Select(static e => (e.DisplayName, e.Status)).OrderBy(static e => e.DisplayName, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_call_has_a_start_and_no_end()
    {
        using var folder = new TemporaryFolder();
        await DieAsync(folder, "hold-call");

        AgentEvent inner = Assert.Single(EventLogReader.Open(folder.Path).ReadEvents().OfType<ToolEvent>(), static e => e.Name == "inner");

        Assert.NotEqual(default, inner.Start);
        Assert.Null(inner.End);
        Assert.Null(inner.Duration);
        Assert.Null(inner.DurationNanoseconds);
        Assert.Null(inner.Returns);
        Assert.EndsWith("CallCommands.cs", inner.Site!.File, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_ends_as_a_crash_at_the_last_sign_of_life()
    {
        using var folder = new TemporaryFolder();
        Guid session = await DieAsync(folder, "hold-call");
        EventLogReader reader = EventLogReader.Open(folder.Path);

        IReadOnlyList<AgentEvent> events = reader.ReadEvents();
        SessionInfo info = Assert.Single(reader.ReadSessions());

        var crash = Assert.IsType<SessionEndEvent>(events[^1]);
        Assert.True(crash.IsCrash);
        Assert.Equal(EndState.Indeterminate, crash.EndState);
        Assert.All(events, e => Assert.True(e.Start <= crash.Start));
        Assert.Equal((session, "doomed", true, crash.Start), (info.Id, info.Name, info.IsCrashed, info.EndedAt));
    }

    [Fact]
    public async Task The_numbers_of_the_session_count_the_open_calls()
    {
        using var folder = new TemporaryFolder();
        Guid session = await DieAsync(folder, "hold-call");

        var analytics = EventLogReader.Open(folder.Path).ReadEvents().GetAnalytics(session);

        Assert.Equal((0, 2), (analytics.Incomplete, analytics.Interrupted));
        var outer = Assert.Single(analytics.CallTree, static node => node.Event.DisplayName == "outer");
        var inner = Assert.Single(outer.Children);
        Assert.Equal("last words", Assert.Single(inner.Children).Event.DisplayName);
    }

    [Fact]
    public async Task A_call_under_way_in_a_live_process_is_incomplete_for_now()
    {
        using var folder = new TemporaryFolder();
        using AgentProcess agent = AgentProcess.Start(folder.Path, "hold-call");
        await agent.ReadLineAsync();

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(folder.Path).ReadEvents();

        Assert.Equal(2, events.Count(static e => e.Status == EventStatus.Incomplete));
        await agent.KillAsync();
    }

    /// <summary>Runs the command until it says that it is inside its call, and lets or makes it die there.</summary>
    private static async Task<Guid> DieAsync(TemporaryFolder folder, string command)
    {
        using AgentProcess agent = AgentProcess.Start(folder.Path, command);
        var session = Guid.Parse((await agent.ReadLineAsync())!);
        if (command == "hold-call")
            await agent.KillAsync();
        Assert.NotEqual(0, await agent.WaitForExitAsync());
        return session;
    }
}
