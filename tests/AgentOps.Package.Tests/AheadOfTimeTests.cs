using AgentOps.Events;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>The sample that is compiled ahead of time: it is recorded, without warnings, and the recorder is a small part of it.</summary>
public sealed class AheadOfTimeTests(PublishedAgents agents) : IClassFixture<PublishedAgents>
{
    /// <summary>What it may add at most; what it adds, and why, is in docs/performance.md.</summary>
    private const long MaxGrowth = 700 * 1024;

    [Fact]
    public async Task Agent_records_its_calls()
    {
        string printed = await Command.RunAsync(Path.GetDirectoryName(agents.Recorded)!, agents.Recorded, [], new Dictionary<string, string> { ["AGENTOPS_LOG_DIRECTORY"] = agents.Logs });

        IReadOnlyList<AgentEvent> events =
            [.. EventLogReader.Open(agents.Logs).ReadEvents().Where(static e => e is ToolEvent or ActionEvent or LlmEvent or ErrorEvent)];
        Assert.Equal(
            ["answer", "forecast", "forecast", "KeyNotFoundException", "stand-in"],
            events.Select(static e => e.DisplayName.Split('.')[^1]).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("Lisbon: sunny, 22.5 degrees", printed.Trim());
        Assert.Equal("""{"City":"Lisbon","Sky":"sunny","Degrees":22.5}""", events.OfType<ToolEvent>().Last().Returns?.ToString());
        Assert.All(events.Where(static e => e is not ErrorEvent), static e => Assert.Equal("weather", e.Agent?.Name));
    }

    [Fact]
    public async Task Same_program_without_a_recorder_does_the_same()
    {
        string printed = await Command.RunAsync(Path.GetDirectoryName(agents.Bare)!, agents.Bare, []);

        Assert.Equal("Lisbon: sunny, 22.5 degrees", printed.Trim());
    }

    [Fact]
    public async Task Clients_streams_usage_of_own_types_budgets_analytics_and_the_meter_work()
    {
        string logs = agents.Logs + "-extended";
        string printed = await Command.RunAsync(
            Path.GetDirectoryName(agents.Extended)!, agents.Extended, [], new Dictionary<string, string> { ["AGENTOPS_LOG_DIRECTORY"] = logs });

        Assert.Equal(
            ["Hello there | one two | own | 4 | Repeats", "1017 in, 105 out, 2 of 3 costs known, 1122 heard"],
            printed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        IReadOnlyList<AgentEvent> events = EventLogReader.Open(logs).ReadEvents();
        Assert.Equal([1000, 10, 7], events.OfType<LlmEvent>().Select(static e => (int)e.Usage!.InputTokens!.Value));
        Assert.Equal("Repeats", Assert.Single(events.OfType<ErrorEvent>()).Code);
    }

    [Fact]
    public void Compilers_have_nothing_to_say()
    {
        Assert.DoesNotContain("warning", agents.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Recorder_adds_little_to_the_program()
    {
        long growth = new FileInfo(agents.Recorded).Length - new FileInfo(agents.Bare).Length;

        Assert.InRange(growth, 1, MaxGrowth);
    }
}
