using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class TwoProcessTests
{
    [Fact]
    public async Task A_session_resumed_by_another_process_is_one_session_in_the_common_folder()
    {
        await using var session = Session.Start(new SessionOptions { Name = "shared" });
        Guid before = session.RecordAction(new ActionRecord("before"));

        Guid[] childIds = [.. (await AgentProcess.RunAsync(TestLogs.Root, "record", session.Id.ToString(), "child", "3")).Select(Guid.Parse)];

        Guid after = session.RecordAction(new ActionRecord("after"));
        session.End(EndState.Success);
        IReadOnlyList<AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id);
        ActionEvent[] actions = [.. events.OfType<ActionEvent>()];
        Assert.All(events, e => Assert.Equal(session.Id, e.SessionId));
        Assert.Equal(["before", "child 0", "child 1", "child 2", "after"], actions.Select(static a => a.ActionType));
        Assert.Equal([before, .. childIds, after], actions.Select(static a => a.Id));
        Assert.Equal([false, true], events.OfType<SessionStartEvent>().Select(static s => s.IsResumed));
    }

    [Fact]
    public async Task Events_of_two_processes_at_work_at_once_are_all_there_in_order()
    {
        await using var session = Session.Start();
        using AgentProcess first = AgentProcess.Start(TestLogs.Root, "record", session.Id.ToString(), "first", "50");
        using AgentProcess second = AgentProcess.Start(TestLogs.Root, "record", session.Id.ToString(), "second", "50");

        Assert.Equal(0, await first.WaitForExitAsync());
        Assert.Equal(0, await second.WaitForExitAsync());

        ActionEvent[] actions = [.. EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id).OfType<ActionEvent>()];
        Assert.Equal(actions.OrderBy(static a => a.Start), actions);
        Assert.Equal(Numbered("first"), Named("first"));
        Assert.Equal(Numbered("second"), Named("second"));

        static IEnumerable<string> Numbered(string label) => Enumerable.Range(0, 50).Select(i => $"{label} {i}");

        IEnumerable<string> Named(string label) =>
            actions.Select(static a => a.ActionType).Where(type => type.StartsWith(label, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_process_that_started_the_session_reads_only_its_own_part_back()
    {
        await using var session = Session.Start();
        session.RecordAction(new ActionRecord("own"));

        await AgentProcess.RunAsync(TestLogs.Root, "record", session.Id.ToString(), "child", "1");

        Assert.Equal("own", Assert.Single(session.ReadEvents().OfType<ActionEvent>()).ActionType);
    }

    [Fact]
    public async Task The_numbers_of_a_shared_session_come_from_the_common_folder()
    {
        await using var session = Session.Start();
        session.RecordTool(new ToolRecord("own"));
        await AgentProcess.RunAsync(TestLogs.Root, "record", session.Id.ToString(), "child", "4");

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents();

        Assert.Equal(4, events.GetAnalytics(session.Id).Counts.Actions);
        Assert.Equal(1, events.GetAnalytics(session.Id).Counts.Tools);
    }

    [Fact]
    public async Task An_event_of_another_process_may_be_a_parent()
    {
        await using var session = Session.Start();
        string[] lines = await AgentProcess.RunAsync(TestLogs.Root, "record", session.Id.ToString(), "child", "1");
        var foreign = Guid.Parse(Assert.Single(lines));

        Guid own = session.RecordTool(new ToolRecord("own") { ParentId = foreign });

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(TestLogs.Root).ReadEvents(session.Id);
        var root = Assert.Single(events.GetAnalytics(session.Id).CallTree);
        Assert.Equal(foreign, root.Event.Id);
        Assert.Equal(own, Assert.Single(root.Children).Event.Id);
    }

    [Fact]
    public async Task A_command_line_that_names_no_session_ends_with_a_word_on_what_to_pass()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AgentProcess.RunAsync(TestLogs.Root, "record", "not-an-id", "child", "1"));

        Assert.Contains("'not-an-id' is not a session id", failure.Message, StringComparison.Ordinal);
    }
}
