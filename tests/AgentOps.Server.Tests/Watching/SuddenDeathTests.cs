using AgentOps.Events;
using AgentOps.Server.Live;
using AgentOps.Server.Store;
using AgentOps.Server.Store.Sqlite;
using AgentOps.Server.Tests.Support;
using AgentOps.Server.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentOps.Server.Tests.Watching;

/// <summary>The server is killed again and again while it reads what an agent writes at the same time.</summary>
public sealed class SuddenDeathTests
{
    private const int Kills = 8;

    [Fact]
    public async Task After_kills_every_event_is_there_once_and_sums_are_right()
    {
        int seed = TestSeed.Value;
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        string logs = folder.Combine("logs");
        string data = folder.Combine("data/agentops.db");
        Directory.CreateDirectory(logs);
        Task<string[]> agent = AgentProcess.RunAsync(logs, "many-sessions", "30", "400");
        for (int kill = 0; kill < Kills; kill++)
        {
            using AgentProcess server = AgentProcess.Start(
                start =>
                {
                    start.ArgumentList.Clear();
                    foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "AgentOps.Server.dll"), "--logs", logs, "--data", data, "--port", "0"])
                        start.ArgumentList.Add(argument);
                },
                logs, "dashboard");
            Assert.StartsWith("Dashboard: http://127.0.0.1:", await server.ReadLineAsync(), StringComparison.Ordinal);
            // The moment of death is random, not a wait for anything.
            await Task.Delay(random.Next(1, 500));
            await server.KillAsync();
        }
        await agent;

        await using SqliteEventStore store = SqliteEventStore.Open(data);
        var watcher = new LogWatcher(store, logs, new ChangeSignal(), new WatchHealth(), TimeProvider.System, NullLogger<LogWatcher>.Instance);
        await watcher.LookAsync(CancellationToken.None);

        IReadOnlyList<AgentEvent> expected = EventLogReader.Open(logs).ReadEvents();
        var stored = new List<Guid>();
        foreach (Guid session in expected.Select(static e => e.SessionId).Distinct())
            stored.AddRange((await store.ReadSessionAsync(session))!.Events.Select(static e => e.Event.Id));
        Assert.True(expected.Select(static e => e.Id).Order().SequenceEqual(stored.Order()), $"Seed {seed}: {expected.Count} events in the log, {stored.Count} in the store.");
        DateTimeOffset first = new(expected[0].Start.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
        IReadOnlyList<RollUpRow> sums = await store.ReadRollUpsAsync(new Scope(null, first, first.AddDays(1)), TimeSpan.FromHours(1), withHistograms: true);
        Assert.Equal(expected.GetAnalytics().Counts.Tools, sums.Sum(static row => row.Measures.Events));
        Assert.Equal(expected.GetAnalytics().Counts.Tools, sums.Sum(static row => row.Measures.Durations.Count));
    }
}
