using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>Calls that are scanned are the calls that are read.</summary>
public sealed class ScanTests
{
    [Fact]
    public async Task Scanned_calls_have_the_facts_of_the_events_that_are_read()
    {
        using var folder = new TemporaryFolder();
        await RecordAsync(folder, threads: 4, rounds: 2_000);
        EventLogReader reader = EventLogReader.Open(folder.Path);

        var scanned = new List<string>();
        reader.ScanCalls((in RecordedCall call) => scanned.Add(
            $"{call.Id} {call.EventType} {call.Name} {call.SessionId} {call.Site} {call.DurationNanoseconds} {call.Status}"));

        // What was recorded by hand is no call.
        IEnumerable<AgentEvent> calls = reader.ReadEvents().Where(static e => e is ActionEvent or ToolEvent && e.Site is not null);
        Assert.Equal(
            calls.Select(static e => $"{e.Id} {e.EventType} {e.DisplayName} {e.SessionId} {e.Site} {e.DurationNanoseconds} {e.Status}").Order(StringComparer.Ordinal),
            scanned.Order(StringComparer.Ordinal));
        // On a machine that is busy with other things no segment may be ready in time, and the log says how many frames it cost.
        const int Made = (4 * 2_000 * 3) + 4;
        Assert.InRange(scanned.Count, Made - reader.Losses.Values.Sum(), Made);
    }

    [Fact]
    public async Task Scanned_calls_start_when_the_events_do_but_for_the_drift_between_clocks()
    {
        using var folder = new TemporaryFolder();
        await RecordAsync(folder, threads: 1, rounds: 100);
        EventLogReader reader = EventLogReader.Open(folder.Path);
        var starts = reader.ReadEvents().ToDictionary(static e => e.Id, static e => e.Start);

        var apart = new List<TimeSpan>();
        reader.ScanCalls((in RecordedCall call) => apart.Add((call.Start - starts[call.Id]).Duration()));

        Assert.NotEmpty(apart);
        Assert.All(apart, static difference => Assert.True(difference < TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task One_session_can_be_scanned()
    {
        using var folder = new TemporaryFolder();
        await RecordAsync(folder, threads: 3, rounds: 100);
        EventLogReader reader = EventLogReader.Open(folder.Path);
        Guid session = reader.ReadSessions()[1].Id;

        var sessions = new List<Guid>();
        reader.ScanCalls((in RecordedCall call) => sessions.Add(call.SessionId), session);

        Assert.Equal(301, sessions.Count);
        Assert.All(sessions, id => Assert.Equal(session, id));
    }

    [Fact]
    public void A_visitor_is_needed()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<ArgumentNullException>(() => EventLogReader.Open(folder.Path).ScanCalls(null!));
    }

    private static async Task RecordAsync(TemporaryFolder folder, int threads, int rounds)
    {
        using AgentProcess agent = AgentProcess.Start(folder.Path, "busy", $"{threads}", $"{rounds}");
        await agent.ReadLineAsync();
        await agent.KillAsync();
    }
}
