using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

public sealed class SessionMetricTests
{
    [Fact]
    public void Text_number_and_truth_come_back_as_what_they_were()
    {
        using var session = Session.Start(new SessionOptions
        {
            Metrics = { ["model"] = "gpt", ["score"] = 0.25, ["count"] = 7, ["big"] = 1L << 40, ["good"] = true, ["bad"] = false },
        });

        IReadOnlyDictionary<string, MetricValue> read = Assert.Single(session.ReadEvents().OfType<SessionStartEvent>()).Metrics;
        Assert.Equal(session.Metrics.OrderBy(static m => m.Key), read.OrderBy(static m => m.Key));
        Assert.Equal("gpt", read["model"].Text);
        Assert.Equal(0.25, read["score"].Number);
        Assert.Equal(7, read["count"].Number);
        Assert.Equal(1L << 40, read["big"].Number);
        Assert.True(read["good"].Boolean);
        Assert.False(read["bad"].Boolean);
    }

    [Theory]
    [InlineData("")]
    [InlineData("smörgåsbord 🎉\n\"quoted\"")]
    public void Any_text_comes_back_whole(string text)
    {
        using var session = Session.Start();

        session.SetMetric("text", text);

        Assert.Equal(text, Assert.Single(session.ReadEvents().OfType<SessionUpdateEvent>()).Metrics["text"].Text);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    public void Any_finite_number_comes_back_exactly(double number)
    {
        using var session = Session.Start();

        session.SetMetric("number", number);

        Assert.Equal(number, Assert.Single(session.ReadEvents().OfType<SessionUpdateEvent>()).Metrics["number"].Number);
    }

    [Fact]
    public void A_later_value_replaces_an_earlier_one_even_of_another_kind()
    {
        using var session = Session.Start();

        session.SetMetric("state", 1);
        session.SetMetric("state", "done");

        Assert.Equal("done", Assert.Single(session.Metrics).Value.Text);
        Assert.Equal("done", session.ReadEvents().OfType<SessionUpdateEvent>().Last().Metrics["state"].Text);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_number_that_is_not_finite_is_refused_at_the_start(double number, string named)
    {
        var options = new SessionOptions { Metrics = { ["score"] = number } };

        var refusal = Assert.Throws<ArgumentException>(() => Session.Start(options));

        Assert.Contains($"Metrics[\"score\"] is {named}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_without_a_name_is_refused_at_the_start()
    {
        var options = new SessionOptions { Metrics = { [" "] = 1 } };

        var refusal = Assert.Throws<ArgumentException>(() => Session.Start(options));

        Assert.Contains("Name every metric", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_knows_its_kind_and_answers_only_for_that()
    {
        MetricValue text = "7";
        MetricValue number = 7;
        MetricValue truth = true;

        Assert.Equal((MetricKind.Text, "7", null, null), (text.Kind, text.Text, text.Number, text.Boolean));
        Assert.Equal((MetricKind.Number, null, 7.0, null), (number.Kind, number.Text, number.Number, number.Boolean));
        Assert.Equal((MetricKind.Boolean, null, null, true), (truth.Kind, truth.Text, truth.Number, truth.Boolean));
    }

    [Fact]
    public void Values_are_equal_if_kind_and_value_are()
    {
        MetricValue one = 1;

        Assert.True(one == 1.0);
        Assert.True(one != "1");
        Assert.True(one != true);
        Assert.False(one.Equals(2));
        Assert.Equal(one.GetHashCode(), ((MetricValue)1.0).GetHashCode());
    }

    [Fact]
    public void A_value_reads_the_same_in_every_culture()
    {
        Assert.Equal("1.5", ((MetricValue)1.5).ToString());
        Assert.Equal("true", ((MetricValue)true).ToString());
        Assert.Equal("x", ((MetricValue)"x").ToString());
        Assert.Equal("", default(MetricValue).ToString());
    }

    [Fact]
    public void There_is_no_text_metric_without_text()
    {
        Assert.Throws<ArgumentNullException>(() => MetricValue.FromText(null!));
    }
}
