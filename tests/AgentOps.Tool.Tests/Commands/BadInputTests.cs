using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class BadInputTests(RecordedLogs logs)
{
    [Theory]
    [InlineData("sesions", "Did you mean 'sessions'?")]
    [InlineData("sessions --tga x", "Did you mean '--tag'?")]
    [InlineData("sessions --state crash", "Did you mean 'crashed'?")]
    [InlineData("sessions --since yesterday", "'yesterday' is no time for --since")]
    [InlineData("sessions --since 1h --until 2h", "is not after --since")]
    [InlineData("sessions --limit -1", "--limit -1 is negative")]
    [InlineData("sessions --limit many", "many")]
    [InlineData("sessions --width 10", "--width 10 is out of range. Give 40 to 160 columns.")]
    [InlineData("show", "Required argument 'session' missing")]
    [InlineData("show 01950001", "did you mean 01950000-")]
    [InlineData("show zzzz", "'agentops sessions' lists those that there are")]
    [InlineData("show 0195", "'0195' is the beginning of 2 sessions: 01950000-0, 01950000-9. Give more of the id.")]
    [InlineData("show import", "There is no session 'import'")]
    [InlineData("show last --depth 0", "--depth 0 is out of range. Give 1 to 32 levels.")]
    [InlineData("tail --type tool", "Did you mean 'tools'?")]
    [InlineData("tail -n -3", "--lines -3 is negative")]
    [InlineData("report last --tag x", "Give a session, or options that choose sessions, not both.")]
    [InlineData("report --html .", "is a directory. Name a file in it.")]
    [InlineData("export", "Required command was not provided")]
    [InlineData("export jsonl last --tag x", "Give sessions, or options that choose sessions, not both.")]
    [InlineData("export jsonl --json", "add --output")]
    [InlineData("export jsonl -o .", "--output '.' is no file. Name a file.")]
    [InlineData("recover -o .", "--output '.' is no file. Name a file.")]
    [InlineData("prices list -p opnai", "Did you mean 'openai'?")]
    [InlineData("prices resolve gpt-5 --on tomorrow", "'tomorrow' is no day for --on. Give it as 2026-01-31.")]
    [InlineData("prices resolve \"\"", "The model's name is empty.")]
    [InlineData("prices search", "Required argument 'words' missing")]
    [InlineData("completion tcsh", "tcsh")]
    [InlineData("completion bash --json", "leave out --json")]
    [InlineData("doctor now", "Unrecognized command or argument 'now'.")]
    public async Task What_cannot_be_done_is_said_with_the_mend(string commandLine, string message)
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, [.. commandLine.Split(' ').Select(static word => word.Replace("\"", "", StringComparison.Ordinal))]);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadUsage, result.ExitCode);
        Assert.Equal("", result.Output);
    }

    [Theory]
    [InlineData("sessions")]
    [InlineData("show last")]
    [InlineData("tail")]
    [InlineData("report")]
    [InlineData("export csv")]
    [InlineData("recover")]
    public async Task Folder_that_is_not_there_is_named(string command)
    {
        ToolResult result = await ToolUnderTest.RunAsync("/no/such/folder", command.Split(' '));

        Assert.Contains("There is no directory '/no/such/folder' (AGENTOPS_LOG_DIRECTORY).", result.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.CannotRead, result.ExitCode);
    }

    [Theory]
    [InlineData("sessions")]
    [InlineData("show last")]
    [InlineData("tail")]
    [InlineData("report")]
    [InlineData("export jsonl")]
    public async Task Files_that_are_no_log_are_named(string command)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("000000.seg"), "This is a letter to my aunt, and no segment of a log at all; it has no magic word.");

        ToolResult result = await ToolUnderTest.RunAsync(folder.Path, command.Split(' '));

        Assert.Contains("000000.seg' is not an AgentOps log segment", result.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.CannotRead, result.ExitCode);
    }

    [Fact]
    public async Task Empty_folder_has_no_sessions_and_nothing_is_wrong()
    {
        using var folder = new TemporaryFolder();

        ToolResult result = await ToolUnderTest.RunAsync(folder.Path, "sessions");

        Assert.Equal($"No session is recorded in {folder.Path} yet.\n", result.Output);
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task Report_that_cannot_be_written_names_the_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Combine("file");
        File.WriteAllText(file, "");

        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "report", "--html", Path.Combine(file, "report.html"));

        Assert.Contains($"The report cannot be written to '{Path.Combine(file, "report.html")}'", result.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.CannotRead, result.ExitCode);
    }
}
