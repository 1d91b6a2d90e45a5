using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Sessions;

/// <summary>After the start a session never throws; what it cannot take is counted, with a word on what to do.</summary>
[Collection(RunsAlone.Name)]
public sealed class SessionRefusalTests
{
    [Fact]
    public void An_undefined_end_state_is_recorded_as_indeterminate()
    {
        var session = Session.Start();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.End((EndState)42, "odd"));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("42", refusal.Problem, StringComparison.Ordinal);
        Assert.Contains("Indeterminate", refusal.Problem, StringComparison.Ordinal);
        SessionEndEvent end = Assert.Single(session.ReadEvents().OfType<SessionEndEvent>());
        Assert.Equal(EndState.Indeterminate, end.EndState);
        Assert.Equal("odd", end.Reason);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_tag_without_a_visible_character_is_ignored(string? tag)
    {
        using var session = Session.Start();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.AddTags("good", tag!));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("visible character", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal(["good"], session.Tags);
    }

    [Fact]
    public void A_null_array_of_tags_is_ignored()
    {
        using var session = Session.Start(new SessionOptions { Tags = { "kept" } });

        RejectedInput refusal = RejectedInput.CausedBy(() => session.SetTags(null!));

        Assert.Equal(1, refusal.Count);
        Assert.Equal(["kept"], session.Tags);
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_ignored(double number, string named)
    {
        using var session = Session.Start();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.SetMetric("score", number));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("\"score\"", refusal.Problem, StringComparison.Ordinal);
        Assert.Contains(named, refusal.Problem, StringComparison.Ordinal);
        Assert.Empty(session.Metrics);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void A_metric_without_a_name_is_ignored(string? name)
    {
        using var session = Session.Start();

        RejectedInput refusal = RejectedInput.CausedBy(() => session.SetMetric(name!, 1));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("Name every metric", refusal.Problem, StringComparison.Ordinal);
        Assert.Empty(session.Metrics);
    }

    [Fact]
    public void Changes_after_the_end_are_counted_and_ignored()
    {
        var session = Session.Start(new SessionOptions { Tags = { "kept" } });
        session.End(EndState.Success);

        RejectedInput refusal = RejectedInput.CausedBy(() =>
        {
            session.AddTags("late");
            session.SetTags("late");
            session.SetMetric("late", 1);
        });

        Assert.Equal(3, refusal.Count);
        Assert.Contains(session.Id.ToString(), refusal.Problem, StringComparison.Ordinal);
        Assert.Contains("after its end", refusal.Problem, StringComparison.Ordinal);
        Assert.Equal(["kept"], session.Tags);
        Assert.Empty(session.Metrics);
        Assert.DoesNotContain(session.ReadEvents(), static e => e is SessionUpdateEvent);
    }

    [Fact]
    public void Records_after_the_end_are_counted_and_ignored()
    {
        var session = Session.Start();
        session.End(EndState.Success);
        Guid[] ids = [];

        RejectedInput refusal = RejectedInput.CausedBy(() => ids =
        [
            session.RecordAction(new ActionRecord("late")),
            session.RecordTool(new ToolRecord("late")),
            session.RecordLlm(new LlmRecord()),
            session.RecordError(new ErrorRecord()),
        ]);

        Assert.Equal(4, refusal.Count);
        Assert.Contains(session.Id.ToString(), refusal.Problem, StringComparison.Ordinal);
        Assert.All(ids, static id => Assert.Equal(Guid.Empty, id));
        Assert.Equal(["session_start", "session_end"], session.ReadEvents().Select(static e => e.EventType));
    }

    [Fact]
    public void Records_that_are_null_are_counted_and_ignored()
    {
        using var session = Session.Start();
        Guid[] ids = [];

        RejectedInput refusal = RejectedInput.CausedBy(() => ids =
        [
            session.RecordAction(null!),
            session.RecordTool(null!),
            session.RecordLlm(null!),
            session.RecordError(null!),
        ]);

        Assert.Equal(4, refusal.Count);
        Assert.All(ids, static id => Assert.Equal(Guid.Empty, id));
    }

    [Fact]
    public void A_record_that_ends_before_it_starts_takes_no_time_and_is_reported()
    {
        using var session = Session.Start();
        DateTimeOffset start = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

        RejectedInput refusal = RejectedInput.CausedBy(
            () => session.RecordTool(new ToolRecord("backwards") { Start = start, End = start.AddSeconds(-1) }));

        Assert.Equal(1, refusal.Count);
        Assert.Contains("'backwards'", refusal.Problem, StringComparison.Ordinal);
        ToolEvent tool = Assert.Single(session.ReadEvents().OfType<ToolEvent>());
        Assert.Equal(start, tool.Start);
        Assert.Equal(TimeSpan.Zero, tool.Duration);
    }
}
