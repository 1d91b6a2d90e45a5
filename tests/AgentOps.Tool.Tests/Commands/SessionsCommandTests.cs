using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class SessionsCommandTests(RecordedLogs logs)
{
    [Fact]
    public async Task Sessions_stand_in_a_table_with_the_failed_one_marked()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "sessions");

        Assert.Equal(
            """
            Session     Started              State      Duration  Name             LLM  Tool  Err  Tokens      Cost  Tags
            01950000-0  2026-03-01 10:00:00  ✓ success   20m 00s  nightly resear…    2     2       14,240  $0.0192+  demo, nightly
            01950000-9  2026-03-01 11:00:00  ✗ fail      20m 00s  refund 4711 \x…    1     1    1   3,250   $0.0128  demo, [red]tag…

            2 sessions · 1 failed
            """, result.Output.TrimEnd('\n'));
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task Narrow_terminals_do_without_what_matters_least()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "sessions", "--width", "80", "--utc");

        Assert.Equal(
            """
            Session     Started          State      Duration  Name             Err      Cost
            01950000-0  03-01 09:00:00Z  ✓ success   20m 00s  nightly resear…       $0.0192+
            01950000-9  03-01 10:00:00Z  ✗ fail      20m 00s  refund 4711 \x…    1   $0.0128

            2 sessions · 1 failed
            """, result.Output.TrimEnd('\n'));
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Session_of_a_killed_process_is_marked_as_crashed()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.All, "sessions", "--state", "crashed");

        Assert.Contains("☠ crashed", result.Output, StringComparison.Ordinal);
        Assert.Contains("1 session of 3 · 1 crashed", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "--tag", "nightly" }, RecordedLogs.SucceededId)]
    [InlineData(new[] { "--tag", "DEMO", "--state", "fail" }, RecordedLogs.FailedId)]
    [InlineData(new[] { "--name", "refund" }, RecordedLogs.FailedId)]
    [InlineData(new[] { "--since", "2026-03-01 11:30" }, RecordedLogs.CrashedId)]
    [InlineData(new[] { "--until", "2026-03-01T09:30", "--utc" }, RecordedLogs.SucceededId)]
    [InlineData(new[] { "--since", "21h30m" }, null)]
    [InlineData(new[] { "--since", "21.5h" }, RecordedLogs.CrashedId)]
    [InlineData(new[] { "--limit", "1" }, RecordedLogs.CrashedId)]
    public async Task Filters_choose_sessions(string[] filter, string? id)
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.All, ["sessions", "--json", .. filter]);

        if (id is null)
        {
            Assert.Equal(ExitCodes.BadUsage, result.ExitCode);
            return;
        }
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal([id], json.RootElement.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Json_tells_what_the_table_has_no_room_for()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "sessions", "--json");

        JsonElement first = JsonDocument.Parse(result.Output).RootElement.GetProperty("sessions")[0];
        Assert.Equal("success", first.GetProperty("state").GetString());
        Assert.Equal(13_300, first.GetProperty("usage").GetProperty("input_tokens").GetInt64());
        Assert.Equal(1, first.GetProperty("usage").GetProperty("calls_with_unknown_cost").GetInt32());
        Assert.Equal(12, first.GetProperty("metrics").GetProperty("documents").GetDouble());
    }
}
