using AgentOps.Events;
using AgentOps.Recording;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Budgets;

/// <summary>Limits on how many calls there are, and what happens at them.</summary>
public sealed class CallBudgetTests
{
    private static readonly RecordedCalls s_search = new(EventKind.Tool, "search");
    private static readonly RecordedCalls s_read = new(EventKind.Tool, "read");

    [Fact]
    public void As_many_calls_are_made_as_are_allowed_and_the_next_is_not()
    {
        using Session session = Start(new Budget { MaxCalls = 3, AtLimit = BudgetAction.Stop });
        for (int i = 0; i < 3; i++)
            s_search.Number(i);
        bool made = false;

        var refused = Assert.Throws<BudgetExceededException>(() => s_search.Number(3, () => made = true));

        Assert.False(made);
        Assert.Equal(new BudgetNotice(session.Id, BudgetLimit.Calls, 4, 3, IsExceeded: true), refused.Notice);
        Assert.Equal(3, session.ReadEvents().OfType<ToolEvent>().Count());
        Assert.Equal(3, session.BudgetUsage!.Calls);
    }

    [Fact]
    public void Every_way_to_begin_a_call_is_limited()
    {
        using Session session = Start(new Budget { MaxCalls = 3, AtLimit = BudgetAction.Stop });
        s_search.Number(1);
        s_search.Text("two");
        s_search.Any("three");

        Assert.Throws<BudgetExceededException>(() => s_search.Number(4));
        Assert.Throws<BudgetExceededException>(() => s_search.Text("five"));
        Assert.Throws<BudgetExceededException>(() => s_search.Any("six"));
        Assert.Throws<BudgetExceededException>(() => s_search.Any("seven", session));

        Assert.Equal(["1", "\"two\"", "\"three\""], session.ReadEvents().OfType<ToolEvent>().Select(static e => e.Params[0].Value.ToString()));
    }

    [Fact]
    public async Task Threads_together_make_exactly_as_many_calls_as_are_allowed()
    {
        using Session session = Start(new Budget { MaxCalls = 1000, AtLimit = BudgetAction.Stop });
        int made = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(
            () =>
            {
                try
                {
                    for (int i = 0; i < 1000; i++)
                        s_search.Number(i, () => Interlocked.Increment(ref made));
                }
                catch (BudgetExceededException)
                {
                    // The others come to the same end.
                }
            },
            TestContext.Current.CancellationToken)));

        Assert.Equal(1000, made);
        Assert.Equal(1000, session.ReadEvents().OfType<ToolEvent>().Count());
        Assert.Equal(1000, session.BudgetUsage!.Calls);
    }

    [Fact]
    public async Task Cancelling_leaves_the_calls_alone()
    {
        using Session session = Start(new Budget { MaxCalls = 1 });
        s_search.Number(1);
        Assert.False(session.CancellationToken.IsCancellationRequested);

        s_search.Number(2);

        Assert.True(session.CancellationToken.IsCancellationRequested);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, session.CancellationToken));
        s_search.Number(3);
        Assert.Equal(3, session.ReadEvents().OfType<ToolEvent>().Count());
    }

    [Fact]
    public void Reporting_does_nothing_but_report()
    {
        var notices = new List<BudgetNotice>();
        using Session session = Start(new Budget { MaxCalls = 1, AtLimit = BudgetAction.Report, OnNotice = notices.Add });

        for (int i = 0; i < 4; i++)
            s_search.Number(i);

        Assert.False(session.CancellationToken.IsCancellationRequested);
        Assert.Equal([(2, true)], notices.Select(static n => ((int)n.Used, n.IsExceeded)));
        Assert.Equal([BudgetLimit.Calls], session.BudgetUsage!.Reached);
    }

    [Fact]
    public void A_warning_comes_once_at_its_share()
    {
        var notices = new List<BudgetNotice>();
        using Session session = Start(new Budget { MaxCalls = 10, WarnAt = 0.75, OnNotice = notices.Add });

        for (int i = 0; i < 10; i++)
            s_search.Number(i);

        Assert.Equal(new BudgetNotice(session.Id, BudgetLimit.Calls, 8, 10, IsExceeded: false), Assert.Single(notices));
    }

    [Fact]
    public void Warnings_and_limits_are_events_that_no_budget_counts()
    {
        using Session session = Start(new Budget { MaxCalls = 2, WarnAt = 0.5, MaxErrors = 1 });

        for (int i = 0; i < 3; i++)
            s_search.Number(i);

        ActionEvent warning = Assert.Single(session.ReadEvents().OfType<ActionEvent>());
        Assert.Equal(("budget_warning", "The session has made 1 calls; it may make 2."), (warning.ActionType, warning.Logs));
        Assert.Equal(["limit=\"Calls\"", "used=1", "max=2"], warning.Params.Select(static p => $"{p.Name}={p.Value}"));
        ErrorEvent error = Assert.Single(session.ReadEvents().OfType<ErrorEvent>());
        Assert.Equal(("budget_exceeded", "Calls", "The session has made 3 calls; it may make 2."), (error.ErrorType, error.Code, error.Details));
        Assert.Equal((3, 0), (session.BudgetUsage!.Calls, session.BudgetUsage.Errors));
    }

    [Fact]
    public void A_tool_that_is_called_over_and_over_with_the_same_arguments_is_stopped()
    {
        using Session session = Start(new Budget { MaxRepeats = 2, AtLimit = BudgetAction.Stop });
        s_search.Text("weather");
        s_search.Text("news");
        s_read.Text("weather");
        s_search.Text("weather");

        var refused = Assert.Throws<BudgetExceededException>(() => s_search.Text("weather"));

        Assert.Equal(("search", 3, 2), (refused.Notice.Tool, refused.Notice.Used, refused.Notice.Max));
        Assert.StartsWith($"The budget of session {session.Id} is used up, so the call was not made. The tool 'search' was called 3 times with the same arguments", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_tool_called_from_two_places_is_one_tool()
    {
        var elsewhere = new RecordedCalls(EventKind.Tool, "search");
        using Session session = Start(new Budget { MaxRepeats = 1, AtLimit = BudgetAction.Stop });
        s_search.Number(1);

        Assert.Throws<BudgetExceededException>(() => elsewhere.Number(1));
    }

    [Fact]
    public void Calls_whose_arguments_are_left_out_of_the_record_are_not_compared()
    {
        var secretive = new RecordedCalls(EventKind.Tool, "secretive", parameters: []);
        var plain = new RecordedCalls(EventKind.Tool, "plain()", parameters: []);
        using Session session = Start(new Budget { MaxRepeats = 1, AtLimit = BudgetAction.Stop });

        for (int i = 0; i < 5; i++)
            secretive.Nothing();
        plain.Nothing();

        Assert.Equal("plain()", Assert.Throws<BudgetExceededException>(plain.Nothing).Notice.Tool);
    }

    [Fact]
    public void The_only_call_that_is_allowed_is_no_warning()
    {
        var notices = new List<BudgetNotice>();
        using Session session = Start(new Budget { MaxCalls = 1, MaxRepeats = 1, OnNotice = notices.Add });

        s_search.Number(1);

        Assert.Empty(notices);
    }

    [Fact]
    public void Actions_may_repeat()
    {
        var step = new RecordedCalls(EventKind.Action, "step");
        using Session session = Start(new Budget { MaxRepeats = 1, AtLimit = BudgetAction.Stop });

        for (int i = 0; i < 5; i++)
            step.Number(1);

        Assert.Equal(5, session.BudgetUsage!.Calls);
    }

    [Fact]
    public void Errors_are_limited_wherever_they_come_from()
    {
        using Session session = Start(new Budget { MaxErrors = 2, AtLimit = BudgetAction.Stop });
        session.RecordError(new ErrorRecord { ErrorType = "rate_limit" });
        // One failure that leaves two calls is one error.
        Assert.Throws<InvalidOperationException>(() => s_search.Number(1, static () => s_read.Number(2, static () => throw new InvalidOperationException())));

        var refused = Assert.Throws<BudgetExceededException>(() => s_search.Number(3));

        Assert.Equal((BudgetLimit.Errors, 2, 2), (refused.Notice.Limit, refused.Notice.Used, refused.Notice.Max));
    }

    [Fact]
    public void Records_by_hand_count_and_are_never_refused()
    {
        using Session session = Start(new Budget { MaxCalls = 1, AtLimit = BudgetAction.Stop });

        session.RecordTool(new ToolRecord("a"));
        session.RecordAction(new ActionRecord("b"));
        session.RecordTool(new ToolRecord("c"));

        Assert.Equal(3, session.BudgetUsage!.Calls);
        Assert.Equal(2, session.ReadEvents().OfType<ToolEvent>().Count());
        Assert.Throws<BudgetExceededException>(() => s_search.Number(1));
    }

    [Fact]
    public void What_the_callback_throws_goes_no_further()
    {
        using Session session = Start(new Budget { MaxCalls = 1, OnNotice = static _ => throw new FormatException("oops") });

        s_search.Number(1);
        s_search.Number(2);

        Assert.Equal(2, session.ReadEvents().OfType<ToolEvent>().Count());
        Assert.Contains("Budget.OnNotice threw System.FormatException: oops", RecorderHealth.Current.Problem, StringComparison.Ordinal);
        Assert.True(session.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void The_callback_may_record()
    {
        using Session session = Start(new Budget { MaxCalls = 2, WarnAt = 1, OnNotice = static _ => s_read.Text("from the callback") });

        for (int i = 0; i < 3; i++)
            s_search.Text($"call {i}");

        Assert.Equal(
            ["\"call 0\"", "\"call 1\"", "\"from the callback\"", "\"call 2\""],
            session.ReadEvents().OfType<ToolEvent>().Select(static e => e.Params[0].Value.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_call_at_which_the_callback_ends_the_session_is_made_and_recorded_nowhere(bool isText)
    {
        using Session outer = Session.Start();
        Session? session = null;
        session = Start(new Budget
        {
            MaxCalls = 1,
            OnNotice = _ =>
            {
                session!.End(EndState.Fail);
                s_read.Number(7);
            },
        });
        bool made = false;
        s_search.Number(1);

        if (isText)
            s_search.Text("two");
        else
            s_search.Number(2, () => made = true);

        Assert.True(made || isText);
        Assert.Equal(["1"], session.ReadEvents().OfType<ToolEvent>().Select(static e => e.Params[0].Value.ToString()));
        Assert.Equal(["7"], outer.ReadEvents().OfType<ToolEvent>().Select(static e => e.Params[0].Value.ToString()));
    }

    [Fact]
    public void A_session_inside_has_a_budget_of_its_own_or_none()
    {
        using Session outer = Start(new Budget { MaxCalls = 1, AtLimit = BudgetAction.Stop });
        using (Session inner = Session.Start())
        {
            for (int i = 0; i < 5; i++)
                s_search.Number(i);
            Assert.Null(inner.BudgetUsage);
            Assert.Equal(CancellationToken.None, inner.CancellationToken);
        }

        s_search.Number(1);
        Assert.Throws<BudgetExceededException>(() => s_search.Number(2));
    }

    [Fact]
    public void Once_the_session_has_ended_nothing_is_limited()
    {
        Session session = Start(new Budget { MaxCalls = 1, AtLimit = BudgetAction.Stop });
        s_search.Number(1);
        Assert.Throws<BudgetExceededException>(() => s_search.Number(2));

        session.End(EndState.Success);

        s_search.Number(3);
        Assert.Equal(1, session.BudgetUsage!.Calls);
    }

    [Fact]
    public void Parents_are_what_they_are_without_a_budget()
    {
        using Session session = Start(new Budget { MaxCalls = 100 });

        s_search.Number(1, static () => s_read.Text("x", static () => s_search.Number(2)));

        ToolEvent[] tools = [.. session.ReadEvents().OfType<ToolEvent>()];
        Assert.Equal([null, tools[0].Id, tools[1].Id], tools.Select(static t => t.ParentId));
    }

    [Fact]
    public void Limits_that_are_none_are_refused_by_name()
    {
        var budget = new Budget();

        Assert.Contains("MaxCalls is more than 0; leave it out for no limit.", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxCalls = 0).Message, StringComparison.Ordinal);
        Assert.Contains("MaxTokens", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxTokens = -1).Message, StringComparison.Ordinal);
        Assert.Contains("MaxCost", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxCost = 0).Message, StringComparison.Ordinal);
        Assert.Contains("MaxErrors", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxErrors = 0).Message, StringComparison.Ordinal);
        Assert.Contains("MaxRepeats", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxRepeats = 0).Message, StringComparison.Ordinal);
        Assert.Contains("MaxDuration", Assert.Throws<ArgumentOutOfRangeException>(() => budget.MaxDuration = TimeSpan.Zero).Message, StringComparison.Ordinal);
        Assert.Contains("WarnAt", Assert.Throws<ArgumentOutOfRangeException>(() => budget.WarnAt = double.NaN).Message, StringComparison.Ordinal);
        Assert.Contains("AtLimit", Assert.Throws<ArgumentOutOfRangeException>(() => budget.AtLimit = (BudgetAction)9).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => budget.TimeProvider = null!);
    }

    [Fact]
    public void Changes_to_the_options_after_the_start_change_nothing()
    {
        var budget = new Budget { MaxCalls = 1, AtLimit = BudgetAction.Stop };
        using Session session = Start(budget);
        budget.MaxCalls = 100;
        s_search.Number(1);

        Assert.Throws<BudgetExceededException>(() => s_search.Number(2));
    }

    private static Session Start(Budget budget) => Session.Start(new SessionOptions { Budget = budget });
}
