using System.Text.Json;
using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

/// <summary>Health in processes of their own: a recorder starts once.</summary>
public sealed class RecorderHealthTests
{
    [Fact]
    public async Task Before_any_session_the_recorder_has_not_started()
    {
        using var folder = new TemporaryFolder();

        Health before = (await RunAsync(folder.Path)).Before;

        Assert.Equal(new Health("NotStarted", null, null, 0, 0), before);
    }

    [Fact]
    public async Task A_recorder_that_is_well_names_its_directory_and_counts_open_sessions()
    {
        using var folder = new TemporaryFolder();

        (_, Health open, Health ended, string[] events) = await RunAsync(folder.Path);

        Assert.Equal("Mapped", open.Mode);
        Assert.Null(open.Problem);
        Assert.StartsWith(folder.Combine("AgentOps.TestAgent"), open.LogDirectory, StringComparison.Ordinal);
        Assert.Equal(1, open.OpenSessions);
        Assert.Equal(0, open.DroppedEvents);
        Assert.Equal(open with { OpenSessions = 0 }, ended);
        Assert.Equal(["session_start", "actions", "session_end"], events);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_is_named_with_what_to_do_and_memory_stands_in()
    {
        using var folder = new TemporaryFolder();
        string impossible = Path.Combine(folder.Write("file", []), "logs");

        (_, Health open, Health ended, string[] events) = await RunAsync(impossible);

        Assert.Equal("Memory", open.Mode);
        Assert.Null(open.LogDirectory);
        Assert.Contains($"'{impossible}' cannot be written", open.Problem, StringComparison.Ordinal);
        Assert.Contains("Give a writable directory in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY", open.Problem, StringComparison.Ordinal);
        Assert.Equal(1, open.OpenSessions);
        Assert.Equal(0, ended.DroppedEvents);
        Assert.Equal(["session_start", "actions", "session_end"], events);
    }

    [Fact]
    public async Task A_log_directory_from_the_environment_that_cannot_be_written_never_stops_the_host()
    {
        using var folder = new TemporaryFolder();
        string impossible = Path.Combine(folder.Write("file", []), "logs");

        string[] ids = await AgentProcess.RunAsync(impossible, "record", Guid.NewGuid().ToString(), "step", "3");

        Assert.Equal(3, ids.Select(Guid.Parse).Distinct().Count());
        Assert.DoesNotContain(Guid.Empty.ToString(), ids);
    }

    [Fact]
    public async Task A_payload_beyond_the_configured_limit_is_cut_and_marked()
    {
        using var folder = new TemporaryFolder();
        string[] lines = await AgentProcess.RunAsync(folder.Path, "long-payload", "1024", "5000");

        ActionEvent action = Assert.Single(EventLogReader.Open(folder.Path).ReadEvents(Guid.Parse(Assert.Single(lines))).OfType<ActionEvent>());

        Assert.True(action.IsTruncated);
        Assert.EndsWith("x…", action.Returns!.AsText(), StringComparison.Ordinal);
        Assert.InRange(action.Returns.AsText()!.Length, 800, 1024);
    }

    [Fact]
    public async Task What_a_short_process_lost_is_in_its_log()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "long-payload", "1024", "5000");
        await AgentProcess.RunAsync(folder.Path, "long-payload", "1024", "5000");
        var reader = EventLogReader.Open(folder.Path);

        reader.ReadEvents();

        Assert.Equal(("PayloadTruncated", 2), Assert.Single(reader.Losses.Select(static loss => (loss.Key, loss.Value))));
    }

    [Fact]
    public async Task A_payload_just_inside_the_largest_limit_is_whole()
    {
        using var folder = new TemporaryFolder();
        string[] lines = await AgentProcess.RunAsync(folder.Path, "long-payload", "524000", "523000");

        ActionEvent action = Assert.Single(EventLogReader.Open(folder.Path).ReadEvents(Guid.Parse(Assert.Single(lines))).OfType<ActionEvent>());

        Assert.False(action.IsTruncated);
        Assert.Equal(523_000, action.Returns!.AsText()!.Length);
    }

    private static async Task<(Health Before, Health Open, Health Ended, string[] Events)> RunAsync(string logDirectory)
    {
        using var elsewhere = new TemporaryFolder();
        string[] lines = await AgentProcess.RunAsync(elsewhere.Path, "health", logDirectory);
        Assert.Equal(4, lines.Length);
        return (Read<Health>(lines[0]), Read<Health>(lines[1]), Read<Health>(lines[2]), Read<string[]>(lines[3]));

        static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line)!;
    }

    private sealed record Health(string Mode, string? Problem, string? LogDirectory, int OpenSessions, long DroppedEvents);
}
