using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Tool.Export;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class ExportCommandTests(RecordedLogs logs) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_lines_are_those_of_the_library()
    {
        string expected = _folder.Combine("expected.jsonl");
        await JsonLinesExporter.WriteAsync(EventLogReader.Open(logs.Ended).ReadEvents(), expected, cancellationToken: TestContext.Current.CancellationToken);

        ToolResult toOutput = await ToolUnderTest.RunAsync(logs.Ended, "export", "jsonl");
        ToolResult toFile = await ToolUnderTest.RunAsync(logs.Ended, "export", "jsonl", "--output", _folder.Combine("events.jsonl"));

        string lines = await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken);
        Assert.Equal(lines, toOutput.Output);
        Assert.Equal(lines, await File.ReadAllTextAsync(_folder.Combine("events.jsonl"), TestContext.Current.CancellationToken));
        Assert.Contains("events, ", toFile.Errors, StringComparison.Ordinal);
        Assert.Equal("", toFile.Output);
    }

    [Fact]
    public async Task Csv_quotes_what_needs_it_and_keeps_rows_and_columns()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "export", "csv");

        List<string[]> rows = Csv.Parse(result.Output);
        Assert.Equal(EventLogReader.Open(logs.Ended).ReadEvents().Count + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        string[] error = rows.Single(static row => row[0] == "errors");
        Assert.Equal("502", error[Array.IndexOf(rows[0], "error_code")]);
        Assert.Contains("\r\nline two", error[Array.IndexOf(rows[0], "details")], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_chosen_by_prefix()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logs.All, "export", "jsonl", "01950000-9", "01950000-a");

        Assert.Contains(RecordedLogs.FailedId, result.Output, StringComparison.Ordinal);
        Assert.Contains(RecordedLogs.CrashedId, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(RecordedLogs.SucceededId, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EventFormats.JsonLines)]
    [InlineData(EventFormats.Csv)]
    public void Interrupted_export_goes_on_and_ends_the_same(string format)
    {
        IReadOnlyList<AgentEvent> events = EventLogReader.Open(logs.Ended).ReadEvents();
        var whole = new FileExport(_folder.Combine("whole"), format);
        whole.Write(events, static (_, _) => { }, static _ => { }, CancellationToken.None);
        for (int interruptedAt = 1; interruptedAt < events.Count; interruptedAt++)
        {
            var export = new FileExport(_folder.Combine($"part{interruptedAt}"), format);
            using var interruption = new CancellationTokenSource();
            var first = new InterruptingList(events, interruptedAt, interruption);
            Assert.Throws<OperationCanceledException>(() => export.Write(first, (_, _) => first.Arm(), static _ => { }, interruption.Token));
            // What is not known to be whole may be torn.
            File.AppendAllText(export.Partial, "{\"torn");
            ExportStart start = default;

            export.Write(events, (how, _) => start = how, static _ => { }, CancellationToken.None);

            Assert.Equal(ExportStart.Resumed, start);
            Assert.Equal(File.ReadAllBytes(whole.Path), File.ReadAllBytes(export.Path));
            Assert.False(File.Exists(export.Partial) || File.Exists(export.ProgressFile));
        }
    }

    [Fact]
    public void Export_of_other_events_than_the_interrupted_one_begins_anew()
    {
        IReadOnlyList<AgentEvent> events = EventLogReader.Open(logs.Ended).ReadEvents();
        var export = new FileExport(_folder.Combine("events"), EventFormats.JsonLines);
        using var interruption = new CancellationTokenSource();
        var first = new InterruptingList(events, 5, interruption);
        Assert.Throws<OperationCanceledException>(() => export.Write(first, (_, _) => first.Arm(), static _ => { }, interruption.Token));
        ExportStart start = default;

        export.Write([.. events.Skip(1)], (how, _) => start = how, static _ => { }, CancellationToken.None);

        Assert.Equal(ExportStart.Changed, start);
        Assert.Equal(events.Count - 1, File.ReadAllLines(export.Path).Length);
    }

    [Fact]
    public async Task Target_that_cannot_be_written_is_named()
    {
        string file = _folder.Combine("file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        ToolResult result = await ToolUnderTest.RunAsync(logs.Ended, "export", "csv", "-o", Path.Combine(file, "events.csv"));

        Assert.Contains($"'{Path.Combine(file, "events.csv")}' cannot be written", result.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.CannotRead, result.ExitCode);
    }

    /// <summary>Events during whose reading somebody presses Ctrl+C.</summary>
    private sealed class InterruptingList(IReadOnlyList<AgentEvent> events, int at, CancellationTokenSource interruption) : IReadOnlyList<AgentEvent>
    {
        private bool _isArmed;

        public int Count => events.Count;

        public AgentEvent this[int index]
        {
            get
            {
                if (_isArmed && index == at - 1)
                    interruption.Cancel();
                return events[index];
            }
        }

        /// <summary>From now on.</summary>
        public void Arm() => _isArmed = true;

        public IEnumerator<AgentEvent> GetEnumerator() => events.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
