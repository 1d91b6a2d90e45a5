using System.Diagnostics;
using System.Text.Json;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

/// <summary>Where the log goes if nobody says so, in surroundings where homes are missing.</summary>
public sealed class DefaultDirectoryTests
{
    [Fact]
    public async Task With_a_home_the_log_goes_to_the_local_data_in_it()
    {
        using var folder = new TemporaryFolder();

        Health health = await RunAsync(folder, start => start.Environment["HOME"] = folder.Combine("home"));

        Assert.StartsWith(folder.Combine("home/.local/share/agentops/AgentOps.TestAgent/"), health.LogDirectory, StringComparison.Ordinal);
        Assert.Equal("Mapped", health.Mode);
        Assert.Null(health.Problem);
    }

    [Fact]
    public async Task Where_XDG_names_a_place_for_data_the_log_goes_there()
    {
        using var folder = new TemporaryFolder();

        Health health = await RunAsync(folder, start => start.Environment["XDG_DATA_HOME"] = folder.Combine("data"));

        Assert.StartsWith(folder.Combine("data/agentops/AgentOps.TestAgent/"), health.LogDirectory, StringComparison.Ordinal);
        Assert.Null(health.Problem);
    }

    [Fact]
    public async Task Without_HOME_the_log_goes_to_the_home_that_the_system_knows()
    {
        using var folder = new TemporaryFolder();

        Health health = await RunAsync(folder, start => GiveHome(start, folder, folder.Combine("known")));

        Assert.StartsWith(folder.Combine("known/.local/share/agentops/"), health.LogDirectory, StringComparison.Ordinal);
        Assert.Null(health.Problem);
    }

    [Fact]
    public async Task Without_any_home_that_can_be_written_the_log_goes_to_the_temporary_folder_and_health_says_so()
    {
        using var folder = new TemporaryFolder();

        Health health = await RunAsync(folder, start => GiveHome(start, folder, Path.Combine(folder.Write("file", []), "none")));

        Assert.StartsWith(folder.Combine($"tmp/agentops-{Environment.UserName}/AgentOps.TestAgent/"), health.LogDirectory, StringComparison.Ordinal);
        Assert.Equal("Mapped", health.Mode);
        Assert.Contains("file/none/.local/share/agentops' cannot be written", health.Problem, StringComparison.Ordinal);
        Assert.Contains($"The log goes to '{folder.Combine("tmp")}", health.Problem, StringComparison.Ordinal);
        Assert.Contains("Give a writable directory in RecorderOptions.Directory or AGENTOPS_LOG_DIRECTORY", health.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chown", "54321", "belongs to another user")]
    [InlineData("chmod", "777", "Everybody may write")]
    public async Task A_temporary_folder_that_somebody_else_prepared_is_refused_and_memory_stands_in(string program, string argument, string problem)
    {
        using var folder = new TemporaryFolder();
        string prepared = Directory.CreateDirectory(folder.Combine($"tmp/agentops-{Environment.UserName}")).FullName;
        SystemCommand.Run(program, argument, prepared);

        Health health = await RunAsync(folder, start => start.Environment["HOME"] = Path.Combine(folder.Write("file", []), "none"));

        Assert.Equal("Memory", health.Mode);
        Assert.Contains("cannot be written", health.Problem, StringComparison.Ordinal);
        Assert.Contains(problem, health.Problem, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(prepared));
    }

    /// <summary>The health of a process that has a session open, and no variable that names a place for its log unless <paramref name="change"/> sets one.</summary>
    private static async Task<Health> RunAsync(TemporaryFolder folder, Action<ProcessStartInfo> change)
    {
        Directory.CreateDirectory(folder.Combine("home"));
        Directory.CreateDirectory(folder.Combine("known"));
        Directory.CreateDirectory(folder.Combine("tmp"));
        string[] lines = await AgentProcess.RunAsync(
            start =>
            {
                foreach (string name in (string[])["HOME", "XDG_DATA_HOME", "AGENTOPS_LOG_DIRECTORY"])
                    start.Environment.Remove(name);
                start.Environment["TMPDIR"] = folder.Combine("tmp");
                change(start);
            },
            folder.Path, "health");
        return JsonSerializer.Deserialize<Health>(lines[1])!;
    }

    /// <summary>Starts the process where the list of users says that its user's home is elsewhere.</summary>
    private static void GiveHome(ProcessStartInfo start, TemporaryFolder folder, string home)
    {
        string users = folder.Write("users", System.Text.Encoding.UTF8.GetBytes($"{Environment.UserName}:x:0:0::{home}:/bin/sh\n"));
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "unshare";
        start.ArgumentList.Clear();
        foreach (string argument in (string[])["--mount", "sh", "-c", "mount --bind \"$0\" /etc/passwd && exec \"$@\"", users, .. command])
            start.ArgumentList.Add(argument);
    }

    private sealed record Health(string Mode, string? Problem, string? LogDirectory);
}
