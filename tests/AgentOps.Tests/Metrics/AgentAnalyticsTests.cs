using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tests.Metrics;

public sealed class AgentAnalyticsTests
{
    private static readonly AgentIdentity s_first = new(new Guid("00000000-0000-0000-0000-000000000001"), "researcher");
    private static readonly AgentIdentity s_second = new(new Guid("00000000-0000-0000-0000-000000000002"), "researcher");
    private static readonly AgentIdentity s_writer = new(new Guid("00000000-0000-0000-0000-000000000003"), "writer");

    private static readonly PriceTable s_prices = PriceTable.Parse(
        """{ "version": "t", "unit": "USD per million tokens", "models": [{ "provider": "*", "model": "m", "input": 1, "output": 2 }] }""");

    private readonly Guid _session = Guid.NewGuid();

    [Fact]
    public void What_each_instance_did_is_told_apart_and_what_nobody_did_has_no_name()
    {
        AgentEvent[] events = [Llm(s_first, 100, 10), Tool(s_first, 0, 10), Llm(s_writer, 1, 1), Error(s_writer), Tool(null, 0, 1), Llm(s_second, 7, 7)];

        IReadOnlyList<AgentAnalytics> agents = events.GetAnalytics(_session, s_prices).Agents;

        Assert.Equal(
            [
                ("researcher", s_first.Id, new EventCounts(1, 1, 0, 0), new TokenUsage(100, 10), 0.00012m),
                ("writer", s_writer.Id, new EventCounts(1, 0, 0, 1), new TokenUsage(1, 1), 0.000003m),
                (null, null, new EventCounts(0, 1, 0, 0), new TokenUsage(null, null), 0m),
                ("researcher", (Guid?)s_second.Id, new EventCounts(1, 0, 0, 0), new TokenUsage(7, 7), 0.000021m),
            ],
            agents.Select(static a => (a.Name, a.Id, a.Counts, a.Usage.Tokens, a.Usage.Cost.Known!.Value)));
    }

    [Fact]
    public void Over_a_whole_log_instances_of_one_name_are_put_together()
    {
        IReadOnlyList<AgentEvent> events = [Llm(s_first, 100, 10), Llm(s_writer, 1, 1), Llm(s_second, 7, 7)];

        Assert.Equal(
            [("researcher", null, new TokenUsage(107, 17)), ("writer", (Guid?)s_writer.Id, new TokenUsage(1, 1))],
            events.GetAnalytics(s_prices).Agents.Select(static a => (a.Name, a.Id, a.Usage.Tokens)));
    }

    [Fact]
    public void Time_is_active_once_however_many_calls_are_under_way()
    {
        // 0–10 with 2–5 inside, 8–12 beside it, a pause, 20–21, and one without an end: 12 + 1.
        AgentEvent[] events = [Tool(s_first, 0, 10), Tool(s_first, 2, 3), Tool(s_first, 8, 4), Tool(s_first, 20, 1), Tool(s_first, 30, null)];

        AgentAnalytics agent = Assert.Single(events.GetAnalytics(_session).Agents);

        Assert.Equal(TimeSpan.FromSeconds(13), agent.ActiveTime);
        Assert.Equal((4L, TimeSpan.FromSeconds(10)), (agent.Latencies.Tools.Count, agent.Latencies.Tools.Max!.Value));
    }

    [Fact]
    public void Calls_that_an_exception_left_are_told_apart_from_the_error_that_they_share()
    {
        AgentEvent[] events =
        [
            Tool(s_first, 0, 1) with { Status = EventStatus.Error }, Tool(s_first, 0, 1) with { Status = EventStatus.Error }, Error(s_first), Tool(s_first, 0, 1),
        ];

        AgentAnalytics agent = Assert.Single(events.GetAnalytics(_session).Agents);

        Assert.Equal((2, 1), (agent.FailedCalls, agent.Counts.Errors));
    }

    private LlmEvent Llm(AgentIdentity agent, long input, long output) =>
        new() { Id = Guid.NewGuid(), SessionId = _session, Start = default, Agent = agent, Model = "m", Provider = "p", Usage = new TokenUsage(input, output) };

    private ErrorEvent Error(AgentIdentity agent) => new() { Id = Guid.NewGuid(), SessionId = _session, Start = default, Agent = agent, ErrorType = "E" };

    private ToolEvent Tool(AgentIdentity? agent, int start, int? seconds) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = _session,
        Start = DateTimeOffset.UnixEpoch.AddSeconds(start),
        Duration = seconds is { } known ? TimeSpan.FromSeconds(known) : null,
        Agent = agent,
        Name = "t",
    };
}
