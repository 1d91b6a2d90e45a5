using AgentOps.Events;
using AgentOps.Server.Live;
using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Tests.Support;
using AgentOps.Server.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOps.Server.Tests.Watching;

/// <summary>Logs that real processes write, watched as they are written.</summary>
public sealed class LogWatcherTests
{
    [Fact]
    public async Task What_a_log_holds_is_what_the_store_holds()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Combine("logs"), "scenario");
        await using SqliteEventStore store = OpenStore(folder);

        await WatcherOf(store, folder).LookAsync(CancellationToken.None);

        await AssertEqualAsync(EventLogReader.Open(folder.Combine("logs")).ReadEvents(), store);
    }

    [Fact]
    public async Task A_call_under_way_is_seen_before_it_ends_and_its_process_death_after()
    {
        using var folder = new TemporaryFolder();
        await using SqliteEventStore store = OpenStore(folder);
        using AgentProcess agent = AgentProcess.Start(folder.Combine("logs"), "scenario", "crash");
        Assert.Equal("in the middle", await agent.ReadLineAsync());
        LogWatcher watcher = WatcherOf(store, folder);

        await watcher.LookAsync(CancellationToken.None);
        StoredSession running = await CrashedSessionAsync(store);
        await agent.KillAsync();
        await watcher.LookAsync(CancellationToken.None);
        StoredSession dead = await CrashedSessionAsync(store);

        Assert.Equal((SessionState.Live, 1), (running.Session.State, running.Session.Incomplete));
        Assert.Equal((SessionState.Interrupted, 0, 1), (dead.Session.State, dead.Session.Incomplete, dead.Session.Interrupted));
    }

    [Fact]
    public async Task A_watcher_that_starts_again_goes_on_where_the_store_is()
    {
        using var folder = new TemporaryFolder();
        using AgentProcess agent = AgentProcess.Start(folder.Combine("logs"), "scenario", "crash");
        Assert.Equal("in the middle", await agent.ReadLineAsync());
        await using (SqliteEventStore store = OpenStore(folder))
            await WatcherOf(store, folder).LookAsync(CancellationToken.None);
        await agent.KillAsync();

        await using SqliteEventStore again = OpenStore(folder);
        var health = new WatchHealth();
        await WatcherOf(again, folder, health).LookAsync(CancellationToken.None);

        await AssertEqualAsync(EventLogReader.Open(folder.Combine("logs")).ReadEvents(), again);
        // Only the interrupted call and the end that nobody wrote are new; all else was known.
        Assert.Equal(2, health.State.Events);
    }

    [Fact]
    public async Task A_log_that_is_over_is_not_read_again()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Combine("logs"), "scenario");
        await using SqliteEventStore store = OpenStore(folder);
        await WatcherOf(store, folder).LookAsync(CancellationToken.None);
        foreach (string segment in Directory.EnumerateFiles(folder.Combine("logs"), "*", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(segment, "no segment any more");

        var health = new WatchHealth();
        await WatcherOf(store, folder, health).LookAsync(CancellationToken.None);

        Assert.Equal((0, 0), (health.State.Events, health.State.OpenLogs));
        Assert.Empty(health.State.Problems);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        await using SqliteEventStore store = OpenStore(folder);
        LogWatcher watcher = WatcherOf(store, folder);
        await watcher.LookAsync(CancellationToken.None);

        await AgentProcess.RunAsync(folder.Combine("logs"), "scenario");
        await watcher.LookAsync(CancellationToken.None);

        Assert.Equal(2, (await store.ReadFiguresAsync()).Sessions);
    }

    private static SqliteEventStore OpenStore(TemporaryFolder folder) => SqliteEventStore.Open(folder.Combine("data/agentops.db"));

    private static LogWatcher WatcherOf(SqliteEventStore store, TemporaryFolder folder, WatchHealth? health = null) =>
        new(store, folder.Combine("logs"), new ChangeSignal(), health ?? new WatchHealth(), TimeProvider.System, NullLogger<LogWatcher>.Instance);

    private static async Task<StoredSession> CrashedSessionAsync(SqliteEventStore store) => (await store.ReadSessionAsync(new Guid("01950000-aaaa-7000-8000-00000000000c")))!;

    /// <summary>Each event of the log is there once, with the same outcome and the same duration.</summary>
    private static async Task AssertEqualAsync(IReadOnlyList<AgentEvent> expected, SqliteEventStore store)
    {
        var stored = new List<AgentEvent>();
        foreach (Guid session in expected.Select(static e => e.SessionId).Distinct())
            stored.AddRange((await store.ReadSessionAsync(session))!.Events.Select(static e => e.Event));
        Assert.Equal(expected.Select(FactsOf).Order(StringComparer.Ordinal), stored.Select(FactsOf).Order(StringComparer.Ordinal));
        Assert.NotEmpty(expected);
    }

    private static string FactsOf(AgentEvent e) => $"{e.Id} {e.EventType} {e.DisplayName} {e.Status} {e.ParentId} {e.Start:O} {e.DurationNanoseconds}";
}
