using System.Diagnostics;

namespace WebAgent.Tests;

/// <summary>The built sample, run as users run it.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task With_once_it_asks_itself_shows_what_was_recorded_and_ends()
    {
        string logs = Directory.CreateTempSubdirectory("agentops-webagent-").FullName;
        try
        {
            (int exitCode, string output, string errors) = await RunAsync(logs);

            Assert.True(exitCode == 0, output + errors);
            string[] lines = output.Split('\n', StringSplitOptions.TrimEntries);
            Assert.Contains("health: Healthy", lines);
            Assert.Contains("session GET /trips/{city} [city:Lisbon]", lines);
            Assert.Contains("log Information: Asked for the weather of Lisbon with [redacted]", lines);
            Assert.Contains("error System.TimeoutException: The restaurant did not answer.", lines);
            Assert.Contains("log Warning: No table in Lisbon, a picnic instead", lines);
            Assert.Contains(lines, static line => line.StartsWith("actions plan by travel agent", StringComparison.Ordinal));
            Assert.Equal(2, lines.Count(static line => line == "session Success"));
        }
        finally
        {
            Directory.Delete(logs, recursive: true);
        }
    }

    [Fact]
    public async Task A_setting_that_is_none_keeps_it_from_starting_with_one_clear_message()
    {
        string logs = Directory.CreateTempSubdirectory("agentops-webagent-").FullName;
        try
        {
            (int exitCode, _, string errors) = await RunAsync(logs, "--AgentOps:MaxLogAges=3");

            Assert.NotEqual(0, exitCode);
            Assert.Contains("AgentOps:MaxLogAges is no setting of AgentOps (its value is '3'). Did you mean 'MaxLogAge'?", errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(logs, recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string logs, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "WebAgent.dll"), "--once", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AGENTOPS_LOG_DIRECTORY"] = logs;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }
}
