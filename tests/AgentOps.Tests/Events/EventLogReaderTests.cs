using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

public sealed class EventLogReaderTests
{
    [Fact]
    public void A_directory_that_does_not_exist_is_named_with_what_to_give_instead()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.Combine("missing");

        var refusal = Assert.Throws<DirectoryNotFoundException>(() => EventLogReader.Open(missing));

        Assert.Contains($"'{missing}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("folder that holds the logs", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_directory_needs_a_name(string directory)
    {
        Assert.Throws<ArgumentException>(() => EventLogReader.Open(directory));
    }

    [Fact]
    public void A_directory_must_be_given()
    {
        Assert.Throws<ArgumentNullException>(() => EventLogReader.Open(null!));
    }

    [Fact]
    public void An_empty_folder_has_no_events()
    {
        using var folder = new TemporaryFolder();

        var reader = EventLogReader.Open(folder.Path);

        Assert.Empty(reader.ReadEvents());
        Assert.Equal(0, reader.DamagedFrames);
        Assert.Empty(reader.Losses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(100_000)]
    public void A_file_that_is_no_segment_is_named(int length)
    {
        using var folder = new TemporaryFolder();
        byte[] content = new byte[length];
        Array.Fill(content, (byte)'x');
        string file = folder.Write("app/log/000000.seg", content);
        var reader = EventLogReader.Open(folder.Path);

        var refusal = Assert.Throws<InvalidDataException>(() => reader.ReadEvents());

        Assert.Contains($"'{file}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is not an AgentOps log segment", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(100_000)]
    public void A_segment_that_was_prepared_and_never_written_is_passed_over(int length)
    {
        using var folder = new TemporaryFolder();
        folder.Write("log/000001.seg", new byte[length]);

        Assert.Empty(EventLogReader.Open(folder.Path).ReadEvents());
    }

    [Fact]
    public async Task Other_files_beside_the_log_do_not_matter()
    {
        using var folder = new TemporaryFolder();
        var session = Guid.CreateVersion7();
        await AgentProcess.RunAsync(folder.Path, "record", session.ToString(), "step", "1");
        folder.Write("notes.txt", "hello"u8.ToArray());
        folder.Write("AgentOps.TestAgent/000000.seg.bak", "hello"u8.ToArray());

        Assert.Single(EventLogReader.Open(folder.Path).ReadEvents().OfType<ActionEvent>());
    }

    [Fact]
    public async Task Several_logs_below_one_folder_are_read_together_in_order_of_time()
    {
        using var folder = new TemporaryFolder();
        Guid[] sessions = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (Guid session in sessions)
            await AgentProcess.RunAsync(folder.Path, "record", session.ToString(), "step", "2");

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(folder.Path).ReadEvents();

        Assert.Equal(3, Directory.GetFiles(folder.Path, "000000.seg", SearchOption.AllDirectories).Length);
        Assert.Equal(sessions, events.Select(static e => e.SessionId).Distinct());
        Assert.Equal(6, events.OfType<ActionEvent>().Count());
        Assert.Equal(events.OrderBy(static e => e.Start), events);
    }

    [Fact]
    public async Task One_session_of_several_is_read_alone()
    {
        using var folder = new TemporaryFolder();
        Guid[] sessions = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        foreach (Guid session in sessions)
            await AgentProcess.RunAsync(folder.Path, "record", session.ToString(), "step", "2");

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(folder.Path).ReadEvents(sessions[1]);

        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.Equal(sessions[1], e.SessionId));
    }

    [Fact]
    public void A_session_that_no_log_knows_has_no_events()
    {
        using var session = Session.Start();

        Assert.Empty(EventLogReader.Open(TestLogs.Root).ReadEvents(Guid.NewGuid()));
    }

    [Fact]
    public void The_own_log_is_read_by_the_directory_that_health_names()
    {
        using var session = Session.Start();
        session.RecordAction(new ActionRecord("work"));

        IReadOnlyList<AgentEvent> events = EventLogReader.Open(RecorderHealth.Current.LogDirectory!).ReadEvents(session.Id);

        Assert.Equal(session.ReadEvents().Select(static e => e.Id), events.Select(static e => e.Id));
    }

    [Fact]
    public void Every_read_sees_what_was_recorded_until_then()
    {
        using var session = Session.Start();
        var reader = EventLogReader.Open(TestLogs.Root);
        session.RecordAction(new ActionRecord("first"));
        int before = reader.ReadEvents(session.Id).Count;

        session.RecordAction(new ActionRecord("second"));

        Assert.Equal(before + 1, reader.ReadEvents(session.Id).Count);
    }
}
