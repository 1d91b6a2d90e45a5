using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class DoctorCommandTests(RecordedLogs logs)
{
    [Fact]
    public async Task Healthy_folder_is_well_and_left_as_it_was()
    {
        string[] before = Directory.GetFileSystemEntries(logs.Ended, "*", SearchOption.AllDirectories);

        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "doctor");

        Assert.Contains($"✓ directory   {logs.Ended} (AGENTOPS_LOG_DIRECTORY) can be written", result.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("✓ locks       0 held by living processes, 1 of processes that are gone", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("All is well\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.Equal(before, Directory.GetFileSystemEntries(logs.Ended, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Living_process_holds_its_lock()
    {
        using var folder = new TemporaryFolder();
        using AgentProcess agent = AgentProcess.Start(folder.Path, "scenario", "crash");
        await agent.ReadLineAsync();

        JsonElement live = FindingOf(await ToolUnderTest.RunAsync(folder.Path, "doctor", "--json"), "locks");
        JsonElement sessions = FindingOf(await ToolUnderTest.RunAsync(folder.Path, "doctor", "--json"), "sessions");
        await agent.KillAsync();
        JsonElement dead = FindingOf(await ToolUnderTest.RunAsync(folder.Path, "doctor", "--json"), "locks");

        Assert.StartsWith("1 held by living processes (", live.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("1 session, 1 open, 0 left by a crash", sessions.GetProperty("text").GetString());
        Assert.Equal("0 held by living processes, 1 of processes that are gone", dead.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Crash_is_to_be_known_and_no_problem()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.All, "doctor", "--json");

        Assert.Equal("warning", FindingOf(result, "sessions").GetProperty("level").GetString());
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task Damaged_segment_is_a_problem()
    {
        using var folder = new TemporaryFolder();
        string damaged = folder.Copy(logs.Ended, "logs");
        foreach (string segment in Directory.EnumerateFiles(damaged, "000000.seg", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenWrite(segment);
            stream.Position = 44;
            stream.WriteByte(0xFF);
        }

        ToolResult result = await ToolUnderTest.RunAsync(damaged, "doctor", "--json");

        Assert.Equal("bad", FindingOf(result, "damage").GetProperty("level").GetString());
        Assert.Equal(ExitCodes.Trouble, result.ExitCode);
    }

    [Fact]
    public async Task Folder_that_is_not_there_yet_is_no_problem()
    {
        ToolResult result = await ToolUnderTest.RunAsync(Path.Combine(logs.All, "later"), "doctor");

        Assert.Contains("does not exist yet", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    private static JsonElement FindingOf(ToolResult result, string check) =>
        JsonDocument.Parse(result.Output).RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("check").GetString() == check);
}
