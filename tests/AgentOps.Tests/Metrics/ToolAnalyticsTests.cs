using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps.Tests.Metrics;

public sealed class ToolAnalyticsTests
{
    private readonly Guid _session = Guid.NewGuid();

    [Fact]
    public void A_tool_has_calls_errors_and_their_share_of_what_has_ended()
    {
        AgentEvent[] events =
        [
            Tool("search", EventStatus.Ok, 10), Tool("search", EventStatus.Error, 20), Tool("search", EventStatus.Cancelled, 30), Tool("search", EventStatus.Abandoned, 40),
            Tool("search", EventStatus.Incomplete), Tool("search", EventStatus.Interrupted), Tool("read", EventStatus.Ok, 5),
        ];

        IReadOnlyList<ToolAnalytics> tools = events.GetAnalytics(_session).Tools;

        Assert.Equal(
            [("search", 6, 4, 1, 1, 0.25), ("read", 1, 1, 0, 0, 0.0)],
            tools.Select(static t => (t.Name, t.Calls, t.Ended, t.Errors, t.Cancelled, t.ErrorRate!.Value)));
        Assert.Equal((4L, TimeSpan.FromMilliseconds(25)), (tools[0].Latency.Count, tools[0].Latency.Mean!.Value));
    }

    [Fact]
    public void A_tool_that_never_ended_has_no_error_rate_and_not_zero() =>
        Assert.Null(Assert.Single(new AgentEvent[] { Tool("t", EventStatus.Incomplete) }.GetAnalytics(_session).Tools).ErrorRate);

    private ToolEvent Tool(string name, EventStatus status, int? milliseconds = null) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = _session,
        Start = DateTimeOffset.UnixEpoch,
        Name = name,
        Status = status,
        Duration = milliseconds is { } known ? TimeSpan.FromMilliseconds(known) : null,
    };
}
