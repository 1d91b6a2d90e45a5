using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Sessions;

/// <summary>Metrics that are counted up.</summary>
[Collection(RunsAlone.Name)]
public sealed class SessionCounterTests
{
    [Fact]
    public void A_counter_begins_at_zero_and_adds_up()
    {
        using var session = Session.Start();

        session.AddToMetric("pages", 3);
        session.AddToMetric("pages", 4);
        session.AddToMetric("pages", -2);

        Assert.Equal(5, session.GetAnalytics().Metrics["pages"].Number);
        Assert.Equal([3.0, 7.0, 5.0], session.ReadEvents().OfType<SessionUpdateEvent>().Select(static e => e.Metrics["pages"].Number!.Value));
    }

    [Fact]
    public void A_counter_goes_on_from_a_number_that_was_set()
    {
        using var session = Session.Start(new SessionOptions { Metrics = { ["credit"] = 10 } });

        session.AddToMetric("credit", -0.5);

        Assert.Equal(9.5, session.Metrics["credit"].Number);
    }

    [Fact]
    public void Threads_that_add_at_once_lose_nothing()
    {
        using var session = Session.Start();

        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 250; i++)
                session.AddToMetric("hits", 1);
        });

        Assert.Equal(2000, session.GetAnalytics().Metrics["hits"].Number);
    }

    [Fact]
    public void Whole_numbers_are_exact_up_to_two_to_the_53rd()
    {
        using var session = Session.Start();

        session.AddToMetric("n", (1L << 53) - 2);
        session.AddToMetric("n", 1);

        Assert.Equal((1L << 53) - 1, session.Metrics["n"].Number);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void What_is_not_finite_is_not_added(double delta, string named)
    {
        using var session = Session.Start();
        session.AddToMetric("score", 1);

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddToMetric("score", delta));

        Assert.Equal(1, refusal.Count);
        Assert.Contains($"AddToMetric(\"score\") was given {named}", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal(1, session.Metrics["score"].Number);
    }

    [Fact]
    public void A_sum_beyond_all_numbers_is_refused_and_the_old_one_stays()
    {
        using var session = Session.Start();
        session.AddToMetric("big", double.MaxValue);

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddToMetric("big", double.MaxValue));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("AddToMetric(\"big\")", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal(double.MaxValue, session.Metrics["big"].Number);
    }

    [Fact]
    public void A_text_cannot_be_counted_up_and_stays()
    {
        using var session = Session.Start();
        session.SetMetric("state", "done");

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddToMetric("state", 1));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("AddToMetric(\"state\") found \"done\"", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal("done", session.Metrics["state"].Text);
        Assert.Single(session.ReadEvents().OfType<SessionUpdateEvent>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_counter_needs_a_name(string? name)
    {
        using var session = Session.Start();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddToMetric(name!, 1));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("Name every metric", refusal.Problem, StringComparison.Ordinal);
        Assert.Empty(session.Metrics);
    }

    [Fact]
    public void After_the_end_nothing_is_added()
    {
        var session = Session.Start();
        session.End();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddToMetric("late", 1));

        Assert.Equal(1, refusal.Count);
        Assert.Empty(session.Metrics);
    }
}
