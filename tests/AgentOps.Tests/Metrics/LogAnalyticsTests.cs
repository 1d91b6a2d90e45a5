using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics;

/// <summary>The numbers of all sessions of a log together.</summary>
public sealed class LogAnalyticsTests
{
    [Fact]
    public void Sessions_are_counted_by_how_they_ended()
    {
        IReadOnlyList<AgentEvent> events =
        [
            .. Ended(EndState.Success), .. Ended(EndState.Success), .. Ended(EndState.Fail), .. Ended(EndState.Indeterminate, isCrash: true), Start(Guid.NewGuid()),
        ];

        LogAnalytics log = events.GetAnalytics();

        Assert.Equal(
            [(EndState.Indeterminate, 1), (EndState.Success, 2), (EndState.Fail, 1)], log.EndStates.OrderBy(static s => s.Key).Select(static s => (s.Key, s.Value)));
        Assert.Equal((5, 1, 1), (log.Sessions.Count, log.OpenSessions, log.CrashedSessions));
    }

    [Fact]
    public void Numbers_of_sessions_add_up_to_those_of_the_log()
    {
        var sessions = new List<Session>();
        for (int s = 1; s <= 3; s++)
        {
            var session = Session.Start();
            sessions.Add(session);
            for (int i = 0; i < s; i++)
            {
                session.RecordLlm(new LlmRecord { Model = i == 0 ? "a" : "b", PromptTokens = 10 * s, CompletionTokens = s, Cost = 0.1m * s });
                session.RecordTool(new ToolRecord("t") { Start = session.StartedAt, End = session.StartedAt.AddMilliseconds(s * 100) });
            }
            session.End(EndState.Success);
        }

        IReadOnlyList<AgentEvent> events = [.. sessions.SelectMany(static s => s.ReadEvents())];
        LogAnalytics log = events.GetAnalytics();

        Assert.Equal(new EventCounts(6, 6, 0, 0), log.Counts);
        Assert.Equal((6, new TokenUsage(140, 14), 1.4m), (log.Usage.Calls, log.Usage.Tokens, log.Usage.Cost.Known!.Value));
        Assert.Equal([("a", 3), ("b", 3)], log.Models.Select(static m => (m.Model!, m.Calls)));
        var merged = new LatencyHistogram();
        foreach (Session session in sessions)
            merged.Merge(session.GetAnalytics().Latencies.Tools);
        Assert.Equal(merged.Buckets, log.Latencies.Tools.Buckets);
        Assert.Equal((6L, merged.Mean, merged.Quantile(0.5)), (log.Latencies.Tools.Count, log.Latencies.Tools.Mean, log.Latencies.Tools.Quantile(0.5)));
    }

    [Fact]
    public async Task The_log_of_a_dead_process_is_read_like_any_other()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "step", "3");

        LogAnalytics log = EventLogReader.Open(folder.Path).ReadEvents().GetAnalytics();

        Assert.Equal((1, 3, 0), (log.Sessions.Count, log.Counts.Total, log.OpenSessions));
    }

    [Fact]
    public void No_events_make_empty_numbers()
    {
        LogAnalytics log = Array.Empty<AgentEvent>().GetAnalytics();

        Assert.Equal((0, 0, 0m), (log.Sessions.Count, log.Counts.Total, log.Usage.Cost.Known!.Value));
        Assert.Empty(log.EndStates);
    }

    private static AgentEvent[] Ended(EndState state, bool isCrash = false)
    {
        var id = Guid.NewGuid();
        return [Start(id), new SessionEndEvent { Id = Guid.NewGuid(), SessionId = id, Start = DateTimeOffset.UnixEpoch.AddSeconds(1), EndState = state, IsCrash = isCrash }];
    }

    private static SessionStartEvent Start(Guid id) => new() { Id = Guid.NewGuid(), SessionId = id, Start = DateTimeOffset.UnixEpoch };
}
