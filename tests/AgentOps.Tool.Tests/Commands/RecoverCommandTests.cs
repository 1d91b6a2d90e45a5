using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class RecoverCommandTests(RecordedLogs logs) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sound_logs_need_nothing()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "recover");

        Assert.Equal($"✓ 1 log in {logs.Ended}: all can be read, and every session has an end or goes on.\n", result.Output);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task Log_of_a_killed_process_is_found_and_nothing_of_it_lost()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.All, "recover");

        Assert.Contains("found  1 session, 4 events, 2 calls among them", result.Output, StringComparison.Ordinal);
        Assert.Contains("ended  1 session by a crash, 1 call in the middle", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("1 log of 2 shown · nothing that was recorded is lost\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task Damaged_record_is_counted_and_the_rest_is_saved()
    {
        string damaged = _folder.Copy(logs.Ended, "logs");
        Flip(damaged, after: "Recorded events survive.");
        string file = _folder.Combine("saved.jsonl");

        ToolResult result = await ToolUnderTest.RunAsync(damaged, "recover", "--output", file);

        Assert.Contains("lost   1 damaged record, passed over", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Trouble, result.ExitCode);
        string saved = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("\"search\"", saved, StringComparison.Ordinal);
        Assert.DoesNotContain("Recorded events survive.", saved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_that_cannot_be_read_is_named_and_hides_no_other_log()
    {
        string damaged = _folder.Copy(logs.All, "logs");
        string segment = Directory.EnumerateFiles(Path.Combine(damaged, "crashed"), "000000.seg", SearchOption.AllDirectories).Single();
        Overwrite(segment, 40, 1);

        ToolResult result = await ToolUnderTest.RunAsync(damaged, "recover", "--json");

        JsonElement log = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("logs").EnumerateArray());
        Assert.Contains(segment, Assert.Single(log.GetProperty("problems").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Trouble, result.ExitCode);
        ToolResult sessions = await ToolUnderTest.RunAsync(damaged, "sessions");
        Assert.Contains("✓ success", sessions.Output, StringComparison.Ordinal);
        Assert.Contains("is damaged (checksum)", sessions.Errors, StringComparison.Ordinal);
    }

    private static void Flip(string folder, string after)
    {
        byte[] wanted = System.Text.Encoding.UTF8.GetBytes(after);
        foreach (string segment in Directory.EnumerateFiles(folder, "*.seg", SearchOption.AllDirectories))
        {
            int at = File.ReadAllBytes(segment).AsSpan().IndexOf(wanted);
            if (at >= 0)
            {
                Overwrite(segment, at, (byte)'X');
                return;
            }
        }
        throw new InvalidOperationException($"No segment has '{after}'.");
    }

    private static void Overwrite(string file, long at, byte value)
    {
        using FileStream stream = File.OpenWrite(file);
        stream.Position = at;
        stream.WriteByte(value);
    }
}
