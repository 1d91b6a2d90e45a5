using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;
using AgentOps.Recording;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Budgets;

/// <summary>Limits on what model calls use and cost, and on time.</summary>
public sealed class UsageBudgetTests
{
    /// <summary>A dollar for a thousand input tokens, two for a thousand output tokens.</summary>
    private static readonly PriceTable s_prices = PriceTable.Parse(
        """{"version":"test","models":[{"provider":"p","model":"m","input":1000,"output":2000}]}""");

    private static readonly RecordedCalls s_ask = new(EventKind.Llm, "ask", model: "m", provider: "p");
    private static readonly RecordedCalls s_unmarked = new(EventKind.Llm, "ask unmarked");
    private static readonly RecordedCalls s_tool = new(EventKind.Tool, "tool");

    [Fact]
    public void Tokens_add_up_and_the_call_after_the_limit_is_not_made()
    {
        using Session session = Start(new Budget { MaxTokens = 100, AtLimit = BudgetAction.Stop });
        s_ask.Model(Used(50, 10));
        s_ask.Model(Used(30, 10));

        var refused = Assert.Throws<BudgetExceededException>(() => s_ask.Model(Used(1, 1)));

        Assert.Equal((BudgetLimit.Tokens, 100, 100), (refused.Notice.Limit, refused.Notice.Used, refused.Notice.Max));
        Assert.Equal(100, session.BudgetUsage!.Tokens);
    }

    [Fact]
    public void Cost_adds_up_exactly_at_the_model_that_the_call_site_names()
    {
        var notices = new List<BudgetNotice>();
        using Session session = Start(new Budget { MaxCost = 0.5m, Prices = s_prices, OnNotice = notices.Add });
        s_ask.Model(Used(100, 50));
        Assert.Equal(0.2m, session.BudgetUsage!.Cost);

        s_ask.Model(Used(200, 0));
        s_ask.Model(Used(100, 0));

        Assert.Equal([(0.4m, false), (0.5m, true)], notices.Select(static n => (n.Used, n.IsExceeded)));
        Assert.True(session.CancellationToken.IsCancellationRequested);
        Assert.Equal("The session has used 0.50 of 0.50 USD.", notices[1].Message);
    }

    [Fact]
    public void Cost_is_that_of_the_model_that_was_asked_or_answered()
    {
        using Session session = Start(new Budget { MaxCost = 100, Prices = s_prices.With("more", new ModelPrice { Provider = "q", Model = "n", Rates = new TokenRates { Input = 5000, Output = 0 } }) });

        s_unmarked.Model(Used(100, 0), asked: "m");
        Assert.Equal(0.1m, session.BudgetUsage!.Cost);
        s_unmarked.Model(
            result =>
            {
                Used(100, 0)(result);
                result.Model = "n";
            },
            asked: "m");

        Assert.Equal(0.6m, session.BudgetUsage.Cost);
    }

    [Fact]
    public void Reported_cost_goes_before_the_price()
    {
        using Session session = Start(new Budget { MaxCost = 100, Prices = s_prices });

        s_ask.Model(static result =>
        {
            Used(100, 50)(result);
            result.ReportedCost = 7m;
        });

        Assert.Equal(7m, session.BudgetUsage!.Cost);
    }

    [Fact]
    public void Calls_of_unknown_cost_are_counted_and_not_taken_for_free()
    {
        using Session session = Start(new Budget { MaxCost = 100, Prices = s_prices });
        s_ask.Model(Used(100, 0));
        s_ask.Model(static _ => { });
        s_unmarked.Model(Used(100, 0), asked: "nobody knows");

        Assert.Equal((0.1m, 2L, 200L), (session.BudgetUsage!.Cost, session.BudgetUsage.CallsOfUnknownCost, session.BudgetUsage.Tokens));
    }

    [Fact]
    public void Absurd_counts_are_not_added()
    {
        using Session session = Start(new Budget { MaxTokens = 1000 });

        s_ask.Model(Used(-5, 10));
        s_ask.Model(Used(long.MaxValue, 10));

        Assert.Equal(20, session.BudgetUsage!.Tokens);
        Assert.False(session.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void A_call_around_others_is_not_counted_again()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000, MaxCost = 100, Prices = s_prices });

        s_ask.Model(Used(300, 30), body: static () =>
        {
            s_ask.Model(Used(100, 10));
            s_tool.Number(1, static () => s_ask.Model(Used(200, 20)));
        });

        Assert.Equal((330L, 0.36m, 0L), (session.BudgetUsage!.Tokens, session.BudgetUsage.Cost, session.BudgetUsage.CallsOfUnknownCost));
    }

    [Fact]
    public void A_call_around_others_that_say_nothing_counts_itself()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000 });

        s_ask.Model(Used(300, 30), body: static () => s_ask.Model(static _ => { }));

        Assert.Equal(330L, session.BudgetUsage!.Tokens);
    }

    [Fact]
    public async Task A_call_that_outlives_the_one_around_it_takes_its_place()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000 });
        using var goOn = new SemaphoreSlim(0);
        Task? inner = null;

        s_ask.Model(Used(300, 30), body: () => inner = Task.Run(async () =>
        {
            await goOn.WaitAsync(TestContext.Current.CancellationToken);
            s_ask.Model(Used(290, 30));
        }));
        Assert.Equal(330L, session.BudgetUsage!.Tokens);
        goOn.Release();
        await inner!;

        Assert.Equal(320L, session.BudgetUsage.Tokens);
    }

    [Fact]
    public void A_call_around_others_that_say_only_what_they_cost_counts_its_tokens()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000 });

        s_ask.Model(Used(100, 20), body: static () => s_ask.Model(static result => result.ReportedCost = 1));

        AssertAsAnalytics(session);
        Assert.Equal(120L, session.BudgetUsage!.Tokens);
    }

    [Fact]
    public void A_call_of_unknown_usage_is_covered_by_the_one_around_it()
    {
        using Session session = Start(new Budget { MaxCost = 100, Prices = s_prices });

        s_ask.Model(Used(100, 0), body: static () => s_ask.Model(static _ => { }));

        AssertAsAnalytics(session);
        Assert.Equal(0L, session.BudgetUsage!.CallsOfUnknownCost);
    }

    [Fact]
    public void A_child_that_is_recorded_after_its_parent_is_inside_it()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000 });
        Guid parent = session.RecordLlm(new LlmRecord { PromptTokens = 110 });

        session.RecordLlm(new LlmRecord { PromptTokens = 110, ParentId = parent });

        AssertAsAnalytics(session);
        Assert.Equal(110L, session.BudgetUsage!.Tokens);
    }

    [Fact]
    public void Calls_of_a_session_inside_another_ones_call_are_not_inside_that()
    {
        using Session outer = Start(new Budget { MaxTokens = 10_000 });

        s_ask.Model(Used(100, 20), body: static () =>
        {
            using Session inner = Start(new Budget { MaxTokens = 10_000 });
            s_ask.Model(Used(7, 0), body: static () => s_tool.Number(1, static () => s_ask.Model(Used(6, 0))));
            inner.RecordLlm(new LlmRecord { PromptTokens = 5 });
            AssertAsAnalytics(inner);
        });

        AssertAsAnalytics(outer);
        Assert.Equal(120L, outer.BudgetUsage!.Tokens);
    }

    [Fact]
    public void Random_trees_of_calls_are_counted_as_analytics_count_them() => TestSeed.Rounds(100, static random =>
    {
        using Session session = Start(new Budget { MaxTokens = long.MaxValue, MaxCost = 1_000_000_000, Prices = s_prices });
        Grow(random, depth: 0);
        AssertAsAnalytics(session);
    });

    [Fact]
    public void Absurd_reported_costs_are_unknown()
    {
        using Session session = Start(new Budget { MaxCost = 100, Prices = s_prices });

        s_ask.Model(static result => result.ReportedCost = decimal.MaxValue);
        s_ask.Model(static result => result.ReportedCost = decimal.MaxValue);
        s_ask.Model(static result => result.ReportedCost = -1);

        Assert.Equal((0m, 3L), (session.BudgetUsage!.Cost, session.BudgetUsage.CallsOfUnknownCost));
        Assert.False(session.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Records_by_hand_count()
    {
        using Session session = Start(new Budget { MaxTokens = 10_000, MaxCost = 100, Prices = s_prices });

        session.RecordLlm(new LlmRecord { Model = "m", Provider = "p", PromptTokens = 100, CompletionTokens = 10 });
        session.RecordLlm(new LlmRecord { Cost = 2 });

        Assert.Equal((110L, 2.12m, 0L), (session.BudgetUsage!.Tokens, session.BudgetUsage.Cost, session.BudgetUsage.CallsOfUnknownCost));
    }

    [Fact]
    public void Time_warns_and_then_cancels()
    {
        var time = new ManualTime();
        var notices = new List<BudgetNotice>();
        using Session session = Start(new Budget { MaxDuration = TimeSpan.FromSeconds(10), TimeProvider = time, OnNotice = notices.Add });

        time.Pass(TimeSpan.FromSeconds(7.9));
        Assert.Empty(notices);
        time.Pass(TimeSpan.FromSeconds(0.1));
        Assert.Equal(new BudgetNotice(session.Id, BudgetLimit.Duration, 8, 10, IsExceeded: false), Assert.Single(notices));
        time.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal(new BudgetNotice(session.Id, BudgetLimit.Duration, 10, 10, IsExceeded: true), notices[1]);
        Assert.True(session.CancellationToken.IsCancellationRequested);
        Assert.Equal(TimeSpan.FromSeconds(10), session.BudgetUsage!.Duration);
    }

    [Fact]
    public void Time_that_is_up_stops_calls()
    {
        var time = new ManualTime();
        using Session session = Start(new Budget { MaxDuration = TimeSpan.FromMinutes(1), WarnAt = 1, TimeProvider = time, AtLimit = BudgetAction.Stop });
        s_tool.Number(1);

        time.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(BudgetLimit.Duration, Assert.Throws<BudgetExceededException>(static () => s_tool.Number(2)).Notice.Limit);
    }

    [Fact]
    public void Time_that_is_up_at_once_is_up()
    {
        var time = new ManualTime { FiresAtOnce = true };

        using Session session = Start(new Budget { MaxDuration = TimeSpan.FromTicks(1), WarnAt = 1, TimeProvider = time });

        Assert.Equal("budget_exceeded", Assert.Single(session.ReadEvents().OfType<ErrorEvent>()).ErrorType);
        Assert.True(session.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void The_timer_goes_with_the_session()
    {
        var time = new ManualTime();
        Session session = Start(new Budget { MaxDuration = TimeSpan.FromMinutes(1), TimeProvider = time });
        Assert.Equal(1, time.OpenTimers);

        session.End();

        Assert.Equal(0, time.OpenTimers);
        Assert.False(session.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Many_calls_that_never_say_what_they_used_fill_no_memory()
    {
        using Session session = Start(new Budget { MaxTokens = 1_000_000 });

        for (int i = 0; i < 10_000; i++)
            s_ask.Model(static _ => { });
        s_ask.Model(Used(100, 0));

        Assert.Equal((100L, 10_000L), (session.BudgetUsage!.Tokens, session.BudgetUsage.CallsOfUnknownCost - 1));
        Assert.InRange(((AgentOps.Budgets.BudgetTracker)session.Budget!).RememberedModelCalls, 0, 4096);
    }

    private static void Grow(Random random, int depth)
    {
        int calls = random.Next(depth == 0 ? 1 : 0, 4);
        for (int i = 0; i < calls; i++)
        {
            long tokens = random.Next(1, 1000);
            Action<LlmResult> used = random.Next(4) switch
            {
                0 => static _ => { },
                1 => static result => result.ReportedCost = 2,
                _ => Used(tokens, tokens),
            };
            if (random.Next(3) == 0)
                s_tool.Number(i, () => Deeper(random, depth));
            else
                s_ask.Model(used, body: () => Deeper(random, depth));
        }
    }

    private static void Deeper(Random random, int depth)
    {
        if (depth < 4)
            Grow(random, depth + 1);
    }

    private static void AssertAsAnalytics(Session session)
    {
        SessionAnalytics analytics = session.GetAnalytics(s_prices);
        BudgetUsage used = session.BudgetUsage!;
        Assert.Equal((analytics.Usage.Tokens.InputTokens ?? 0) + (analytics.Usage.Tokens.OutputTokens ?? 0), used.Tokens);
        if (used.Cost != 0)
            Assert.Equal((analytics.Usage.Cost.Known ?? 0, (long)analytics.Usage.Cost.UnknownCalls), (used.Cost, used.CallsOfUnknownCost));
    }

    private static Action<LlmResult> Used(long input, long output) => result => result.ReplaceUsage(new TokenCounts { Input = input, Output = output });

    private static Session Start(Budget budget) => Session.Start(new SessionOptions { Budget = budget });
}
