using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class TailCommandTests(RecordedLogs logs)
{
    [Fact]
    public async Task Events_stand_in_the_order_in_which_they_ended()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "tail", "01950000-0", "--type", "llms", "--type", "tools", "--width", "100");

        Assert.Equal(
            """
            2026-03-01 (Test/Zone)
            10:05:40.000  01950000-0000    llm       5m 00s  gpt-5  12,400→820 $0.0192
            10:05:55.250  01950000-0000    tool      5.25 s  search
            10:06:00.500  01950000-0000    tool      500 ms  read
            10:19:00.000  01950000-0000    llm      12m 20s  house-model  900→120 ?
            """, result.Output.TrimEnd('\n'));
    }

    [Fact]
    public async Task Json_is_a_line_an_event()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "tail", "-n", "3", "--json");

        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(["tools", "actions", "session_end"], lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("event_type").GetString()));
    }

    [Fact]
    public async Task Following_tells_what_comes_of_new_processes_and_ends_well()
    {
        using var folder = new TemporaryFolder();
        string logsOfBoth = folder.Copy(logs.Ended, "logs");
        using var end = new CancellationTokenSource();
        using var output = new WaitingWriter();

        Task<ToolResult> following = ToolUnderTest.RunAsync(environment => environment with { Output = output }, logsOfBoth, ["tail", "-f", "-n", "1"], end.Token);
        await output.WaitForAsync("The bank did not answer in time.");
        using AgentProcess agent = AgentProcess.Start(logsOfBoth, "scenario", "crash");
        await output.WaitForAsync("load");
        await end.CancelAsync();
        ToolResult result = await following;

        Assert.Equal(ExitCodes.Ok, result.ExitCode);
        Assert.DoesNotContain("search", output.ToString(), StringComparison.Ordinal);
        await agent.KillAsync();
    }
}
