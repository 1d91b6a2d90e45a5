using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class CallTreeTests
{
    [Fact]
    public void Events_stand_inside_their_parents_in_order()
    {
        using var session = Session.Start();
        Guid plan = session.RecordAction(new ActionRecord("plan"));
        Guid ask = session.RecordLlm(new LlmRecord { Model = "gpt", ParentId = plan });
        session.RecordTool(new ToolRecord("first") { ParentId = ask });
        session.RecordTool(new ToolRecord("second") { ParentId = ask });
        session.RecordAction(new ActionRecord("report"));

        Assert.Equal("plan(gpt(first, second)), report", Text(session.GetAnalytics().CallTree));
    }

    [Fact]
    public void An_error_stands_inside_what_failed()
    {
        using var session = Session.Start();
        Guid tool = session.RecordTool(new ToolRecord("search"));
        session.RecordError(new ErrorRecord { ErrorType = "Timeout", TriggerEventId = tool });

        Assert.Equal("search(Timeout)", Text(session.GetAnalytics().CallTree));
    }

    [Fact]
    public void A_child_may_be_recorded_before_its_parent_started()
    {
        using var session = Session.Start();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Guid late = session.RecordAction(new ActionRecord("late") { Start = now.AddMinutes(1), End = now.AddMinutes(2) });
        session.RecordTool(new ToolRecord("early") { Start = now, End = now, ParentId = late });

        Assert.Equal("late(early)", Text(session.GetAnalytics().CallTree));
    }

    [Fact]
    public void An_event_whose_parent_is_nowhere_stands_at_the_top()
    {
        using var session = Session.Start();
        session.RecordTool(new ToolRecord("orphan") { ParentId = Guid.NewGuid() });

        Assert.Equal("orphan", Text(session.GetAnalytics().CallTree));
    }

    [Fact]
    public void What_the_session_says_of_itself_is_not_in_the_tree()
    {
        var session = Session.Start();
        session.AddTags("tag");
        session.End(EndState.Success);

        Assert.Empty(session.GetAnalytics().CallTree);
    }

    [Fact]
    public void A_long_chain_is_a_deep_tree()
    {
        using var session = Session.Start();
        Guid? parent = null;
        for (int i = 0; i < 1000; i++)
            parent = session.RecordAction(new ActionRecord($"{i}") { ParentId = parent });

        int depth = 0;
        for (IReadOnlyList<CallTreeNode> level = session.GetAnalytics().CallTree; level.Count > 0; level = Assert.Single(level).Children)
            Assert.Equal($"{depth++}", Assert.Single(level).Event.DisplayName);

        Assert.Equal(1000, depth);
    }

    private static string Text(IEnumerable<CallTreeNode> nodes) => string.Join(
        ", ", nodes.Select(static node => node.Children.Count == 0 ? node.Event.DisplayName : $"{node.Event.DisplayName}({Text(node.Children)})"));
}
