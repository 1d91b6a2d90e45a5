using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>Logs that are followed while they are written.</summary>
public sealed class FollowTests
{
    private static readonly TimeSpan s_often = TimeSpan.FromMilliseconds(10);

    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(4, 3_000)]
    public async Task Followed_events_are_those_that_are_read_when_the_writer_is_dead(int threads, int rounds)
    {
        using var folder = new TemporaryFolder();
        using AgentProcess agent = AgentProcess.Start(folder.Path, "busy", $"{threads}", $"{rounds}");
        Task<List<AgentEvent>> following = FollowUntilCrashesAsync(folder.Path, threads);

        await agent.ReadLineAsync();
        await agent.KillAsync();
        List<AgentEvent> followed = await following;

        IReadOnlyList<AgentEvent> read = EventLogReader.Open(folder.Path).ReadEvents();
        Assert.Equal(threads * rounds, read.Count(static e => e.DisplayName == "round"));
        Assert.Equal(read.Select(Facts).Order(StringComparer.Ordinal), followed.Select(Facts).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_call_under_way_is_told_only_when_its_process_is_gone()
    {
        using var folder = new TemporaryFolder();
        using AgentProcess agent = AgentProcess.Start(folder.Path, "hold-call");
        await agent.ReadLineAsync();
        await using IAsyncEnumerator<AgentEvent> events =
            EventLogReader.Open(folder.Path).FollowAsync(s_often, cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        List<AgentEvent> alive = [await NextAsync(events), await NextAsync(events), await NextAsync(events)];
        ValueTask<bool> next = events.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await agent.KillAsync();
        Assert.True(await next);
        List<AgentEvent> dead = [events.Current, await NextAsync(events), await NextAsync(events)];

        Assert.Equal(["doomed", "finished", "last words"], alive.Select(static e => e.DisplayName));
        Assert.Equal(["outer", "inner", "session end"], dead.Select(static e => e.DisplayName));
        Assert.Equal([EventStatus.Interrupted, EventStatus.Interrupted], dead.Take(2).Select(static e => e.Status));
    }

    [Fact]
    public async Task Logs_that_come_later_are_followed_too()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "first", "1");
        await using IAsyncEnumerator<AgentEvent> events =
            EventLogReader.Open(folder.Path).FollowAsync(s_often, cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        List<string> seen = [await NameAsync(events), await NameAsync(events), await NameAsync(events)];

        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "second", "1");
        seen.AddRange([await NameAsync(events), await NameAsync(events), await NameAsync(events)]);

        Assert.Equal(["session", "first 0", "session end", "session", "second 0", "session end"], seen);
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        IAsyncEnumerator<AgentEvent> events = EventLogReader.Open(folder.Path).FollowAsync(s_often, cancellationToken: cancel.Token).GetAsyncEnumerator(cancel.Token);
        ValueTask<bool> next = events.MoveNextAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public void Looking_too_often_is_refused()
    {
        using var folder = new TemporaryFolder();

        var e = Assert.Throws<ArgumentOutOfRangeException>(() => EventLogReader.Open(folder.Path).FollowAsync(
            TimeSpan.FromMilliseconds(1), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("10 ms", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_listed_with_their_process_and_whether_it_lives()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "dead", "1");
        using AgentProcess agent = AgentProcess.Start(folder.Path, "hold-call");
        await agent.ReadLineAsync();

        IReadOnlyList<EventLogInfo> logs = EventLogReader.Open(folder.Path).ReadLogs();

        Assert.Equal([false, true], logs.Select(static log => log.IsLive));
        Assert.Equal(2, logs.Select(static log => log.ProcessId).Distinct().Count());
        Assert.All(logs, log => Assert.StartsWith(folder.Path, log.Directory, StringComparison.Ordinal));
        Assert.All(logs, static log => Assert.True(log is { Segments: > 0, Bytes: > 0 }));
        Assert.True(logs[0].StartedAt < logs[1].StartedAt);
    }

    private static async Task<List<AgentEvent>> FollowUntilCrashesAsync(string folder, int crashes)
    {
        var events = new List<AgentEvent>();
        await foreach (AgentEvent e in EventLogReader.Open(folder).FollowAsync(s_often, cancellationToken: TestContext.Current.CancellationToken))
        {
            events.Add(e);
            if (e is SessionEndEvent { IsCrash: true } && --crashes == 0)
                break;
        }
        return events;
    }

    private static async Task<AgentEvent> NextAsync(IAsyncEnumerator<AgentEvent> events)
    {
        Assert.True(await events.MoveNextAsync());
        return events.Current;
    }

    private static async Task<string> NameAsync(IAsyncEnumerator<AgentEvent> events) => (await NextAsync(events)).DisplayName;

    private static string Facts(AgentEvent e) =>
        $"{e.Id} {e.EventType} {e.DisplayName} {e.SessionId} {e.ParentId} {e.Status} {e.DurationNanoseconds} {e.Site} {string.Join(",", e.Params.Select(static p => $"{p.Name}={p.Value}"))} {e.Returns}";
}
