using System.Text.Json;
using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Export;

public sealed class JsonLinesExporterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_event_of_a_session_is_one_line_in_order()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<AgentEvent> events = RecordedEvents();

        await JsonLinesExporter.WriteAsync(events, folder.Combine("events.jsonl"), cancellationToken: Token);

        string[] lines = await File.ReadAllLinesAsync(folder.Combine("events.jsonl"), Token);
        Assert.Equal(events.Select(static e => e.Id), lines.Select(static line => JsonElement.Parse(line).GetProperty("id").GetGuid()));
        Assert.Equal(
            ["session_start", "actions", "tools", "llms", "errors", "session_update", "session_end"],
            lines.Select(static line => JsonElement.Parse(line).GetProperty("event_type").GetString()!).OrderBy(Rank));

        static int Rank(string type) => Array.IndexOf(["session_start", "actions", "tools", "llms", "errors", "session_update", "session_end"], type);
    }

    [Fact]
    public async Task The_file_is_utf_8_without_a_mark_and_ends_with_a_line_break()
    {
        using var folder = new TemporaryFolder();

        await JsonLinesExporter.WriteAsync(RecordedEvents(), folder.Combine("events.jsonl"), cancellationToken: Token);

        byte[] bytes = await File.ReadAllBytesAsync(folder.Combine("events.jsonl"), Token);
        Assert.Equal((byte)'{', bytes[0]);
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.True(System.Text.Unicode.Utf8.IsValid(bytes));
    }

    [Fact]
    public async Task No_events_make_an_empty_file()
    {
        using var folder = new TemporaryFolder();

        await JsonLinesExporter.WriteAsync([], folder.Combine("none.jsonl"), cancellationToken: Token);

        Assert.Equal(0, new FileInfo(folder.Combine("none.jsonl")).Length);
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task The_folder_of_the_file_is_created()
    {
        using var folder = new TemporaryFolder();

        await JsonLinesExporter.WriteAsync([], folder.Combine("a/b/c.jsonl"), cancellationToken: Token);

        Assert.True(File.Exists(folder.Combine("a/b/c.jsonl")));
    }

    [Fact]
    public async Task An_export_takes_the_place_of_the_old_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("events.jsonl", "old, and longer than what follows"u8.ToArray());

        await JsonLinesExporter.WriteAsync([], path, cancellationToken: Token);

        Assert.Equal("", await File.ReadAllTextAsync(path, Token));
    }

    [Fact]
    public async Task The_file_has_its_name_only_when_it_is_whole()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("events.jsonl");
        bool seen = false;

        IEnumerable<AgentEvent> Events()
        {
            foreach (AgentEvent e in RecordedEvents())
            {
                yield return e;
                seen |= File.Exists(path);
            }
        }

        await JsonLinesExporter.WriteAsync(Events(), path, cancellationToken: Token);

        Assert.False(seen);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_cancelled_export_leaves_the_old_file_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("events.jsonl", "old"u8.ToArray());
        using var cancellation = new CancellationTokenSource();

        IEnumerable<AgentEvent> Events()
        {
            foreach (AgentEvent e in RecordedEvents())
            {
                yield return e;
                cancellation.Cancel();
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => JsonLinesExporter.WriteAsync(Events(), path, cancellationToken: cancellation.Token));

        Assert.Equal("old", await File.ReadAllTextAsync(path, Token));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task An_export_whose_events_cannot_be_read_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        IEnumerable<AgentEvent> events = RecordedEvents().Select(static AgentEvent (e, i) => i < 2 ? e : throw new InvalidDataException("damaged"));

        await Assert.ThrowsAsync<InvalidDataException>(() => JsonLinesExporter.WriteAsync(events, folder.Combine("events.jsonl"), cancellationToken: Token));

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task A_second_export_to_the_same_file_fails_and_leaves_the_first_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("events.jsonl");
        IReadOnlyList<AgentEvent> recorded = RecordedEvents();
        bool refused = false;

        IEnumerable<AgentEvent> Events()
        {
            foreach (AgentEvent e in recorded)
            {
                yield return e;
                refused = Record.Exception(() => JsonLinesExporter.WriteAsync([], path, cancellationToken: Token).GetAwaiter().GetResult()) is IOException;
            }
        }

        await JsonLinesExporter.WriteAsync(Events(), path, cancellationToken: Token);

        Assert.True(refused);
        Assert.Equal(recorded.Count, (await File.ReadAllLinesAsync(path, Token)).Length);
    }

    [Fact]
    public async Task A_path_below_a_file_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", []);

        await Assert.ThrowsAnyAsync<IOException>(() => JsonLinesExporter.WriteAsync([], Path.Combine(file, "events.jsonl"), cancellationToken: Token));
    }

    [Fact]
    public async Task A_path_that_is_a_folder_cannot_be_written_and_nothing_is_left_beside_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("events.jsonl");
        Directory.CreateDirectory(path);

        Exception? failure = await Record.ExceptionAsync(() => JsonLinesExporter.WriteAsync([], path, cancellationToken: Token));

        Assert.True(failure is IOException or UnauthorizedAccessException);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_path_needs_a_name(string path)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => JsonLinesExporter.WriteAsync([], path, cancellationToken: Token));
    }

    [Fact]
    public async Task Events_path_and_stream_must_be_given()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => JsonLinesExporter.WriteAsync(null!, "events.jsonl", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => JsonLinesExporter.WriteAsync([], null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => JsonLinesExporter.WriteToAsync(null!, Stream.Null, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => JsonLinesExporter.WriteToAsync([], null!, cancellationToken: Token));
    }

    [Fact]
    public async Task A_stream_stays_open()
    {
        using var stream = new MemoryStream();

        await JsonLinesExporter.WriteToAsync(RecordedEvents(), stream, cancellationToken: Token);

        Assert.True(stream.CanWrite);
        Assert.NotEqual(0, stream.Length);
    }

    private static IReadOnlyList<AgentEvent> RecordedEvents()
    {
        var session = Session.Start();
        session.RecordAction(new ActionRecord("plan"));
        session.RecordTool(new ToolRecord("search"));
        session.RecordLlm(new LlmRecord());
        session.RecordError(new ErrorRecord());
        session.AddTags("tag");
        session.End(EndState.Success);
        return session.ReadEvents();
    }
}
