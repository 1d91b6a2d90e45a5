using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class LatencyTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 2, 2)]
    [InlineData(3, 2, 3, 3)]
    [InlineData(10, 5, 10, 10)]
    [InlineData(20, 10, 19, 20)]
    [InlineData(100, 50, 95, 99)]
    [InlineData(200, 100, 190, 198)]
    public void Percentiles_are_the_nearest_rank_within_the_bound_of_the_histogram(int calls, int p50, int p95, int p99)
    {
        using var session = Session.Start();
        // From the longest to the shortest: the order of recording must not matter.
        for (int milliseconds = calls; milliseconds >= 1; milliseconds--)
            Record(session, "search", milliseconds);

        CallSiteLatency site = Assert.Single(session.GetAnalytics().CallSites);

        Assert.Equal(calls, site.Count);
        AssertNear(p50, site.P50);
        AssertNear(p95, site.P95);
        AssertNear(p99, site.P99);
        Assert.Equal(TimeSpan.FromMilliseconds(calls), site.Max);
        Assert.Equal(TimeSpan.FromMilliseconds((calls + 1) / 2.0), site.Mean);
        Assert.Equal(calls, site.Histogram.Count);
    }

    private static void AssertNear(int milliseconds, TimeSpan? actual) =>
        Assert.InRange(actual!.Value.TotalMilliseconds, milliseconds * 0.968, milliseconds * 1.032);

    [Fact]
    public void Sites_stand_in_the_order_of_their_first_call()
    {
        using var session = Session.Start();
        foreach (string tool in (string[])["b", "a", "b", "c"])
            session.RecordTool(new ToolRecord(tool));

        Assert.Equal(["b", "a", "c"], session.GetAnalytics().CallSites.Select(static s => s.Name));
    }

    [Fact]
    public void An_action_and_a_tool_of_one_name_are_two_sites()
    {
        using var session = Session.Start();
        session.RecordAction(new ActionRecord("search"));
        session.RecordTool(new ToolRecord("search"));

        Assert.Equal(
            [("search", "actions"), ("search", "tools")], session.GetAnalytics().CallSites.Select(static s => (s.Name, s.EventType)));
    }

    [Fact]
    public void Calls_from_two_places_are_two_sites()
    {
        var id = Guid.NewGuid();
        var here = new CallSite("App", "Search", "A.cs", 1);
        var there = new CallSite("App", "Search", "A.cs", 2);
        AgentEvent[] events = [Call(id, 1) with { Site = here }, Call(id, 2) with { Site = there }, Call(id, 3) with { Site = here with { } }];

        IReadOnlyList<CallSiteLatency> sites = events.GetAnalytics(id).CallSites;

        Assert.Equal([(here, 2), (there, 1)], sites.Select(static s => (s.Site!, s.Count)));
    }

    [Fact]
    public void A_call_without_an_end_is_counted_and_has_no_latency()
    {
        var id = Guid.NewGuid();
        AgentEvent[] events = [Call(id, 4), Call(id, null)];

        CallSiteLatency site = Assert.Single(events.GetAnalytics(id).CallSites);

        Assert.Equal(2, site.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(4), site.P50);
        Assert.Equal(TimeSpan.FromMilliseconds(4), site.Mean);
    }

    [Fact]
    public void A_site_whose_calls_have_not_ended_has_unknown_latency_and_not_zero()
    {
        var id = Guid.NewGuid();

        CallSiteLatency site = Assert.Single(new AgentEvent[] { Call(id, null) }.GetAnalytics(id).CallSites);

        Assert.Equal((null, null, null, null, null), (site.Mean, site.P50, site.P95, site.P99, site.Max));
    }

    [Fact]
    public void Calls_that_an_exception_left_are_counted()
    {
        var id = Guid.NewGuid();
        AgentEvent[] events = [Call(id, 1) with { Status = EventStatus.Error }, Call(id, 1) with { Status = EventStatus.Cancelled }, Call(id, 1)];

        Assert.Equal(1, Assert.Single(events.GetAnalytics(id).CallSites).Errors);
    }

    [Fact]
    public void Errors_have_no_latency()
    {
        using var session = Session.Start();
        session.RecordError(new ErrorRecord());

        Assert.Empty(session.GetAnalytics().CallSites);
    }

    private static void Record(Session session, string tool, double milliseconds) =>
        session.RecordTool(new ToolRecord(tool) { Start = s_noon, End = s_noon.AddMilliseconds(milliseconds) });

    private static ToolEvent Call(Guid session, double? milliseconds) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = session,
        Start = s_noon,
        Name = "search",
        Duration = milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null,
        Status = milliseconds is null ? EventStatus.Incomplete : EventStatus.Ok,
    };
}
