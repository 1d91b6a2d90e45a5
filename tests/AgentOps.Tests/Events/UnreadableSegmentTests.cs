using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Events;

/// <summary>One segment that cannot be read is no reason to withhold the others.</summary>
public sealed class UnreadableSegmentTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(121)]
    public async Task A_damaged_header_hides_its_own_log_alone_and_is_named(int damagedByte)
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "hidden", "1");
        string damaged = Directory.EnumerateFiles(folder.Path, "*.seg", SearchOption.AllDirectories).Single();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "seen", "1");
        byte[] bytes = await File.ReadAllBytesAsync(damaged, TestContext.Current.CancellationToken);
        bytes[damagedByte] ^= 0x10;
        await File.WriteAllBytesAsync(damaged, bytes, TestContext.Current.CancellationToken);

        EventLogReader reader = EventLogReader.Open(folder.Path);
        string[] names = [.. reader.ReadEvents().OfType<ActionEvent>().Select(static e => e.ActionType)];

        Assert.Equal(["seen 0"], names);
        Assert.Contains(damaged, Assert.Single(reader.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(128)]
    [InlineData(4096)]
    [InlineData(16384)]
    public async Task A_lost_first_page_hides_its_own_log_alone_and_is_named(int lostBytes)
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "hidden", "1");
        string damaged = Directory.EnumerateFiles(folder.Path, "*.seg", SearchOption.AllDirectories).Single();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "seen", "1");
        byte[] bytes = await File.ReadAllBytesAsync(damaged, TestContext.Current.CancellationToken);
        bytes.AsSpan(0, lostBytes).Clear();
        await File.WriteAllBytesAsync(damaged, bytes, TestContext.Current.CancellationToken);

        EventLogReader reader = EventLogReader.Open(folder.Path);

        Assert.Equal(["seen 0"], reader.ReadEvents().OfType<ActionEvent>().Select(static e => e.ActionType));
        Assert.Contains($"The header of '{damaged}' is lost", Assert.Single(reader.Problems), StringComparison.Ordinal);
        reader.ReadLogs();
        Assert.Single(reader.Problems);
    }

    [Fact]
    public void A_segment_that_is_being_prepared_or_whose_writer_died_then_is_no_problem()
    {
        using var folder = new TemporaryFolder();
        byte[] halfFormatted = new byte[4 * TestLog.Unit];
        halfFormatted.AsSpan(8, LogFormat.SegmentHeaderBytes - 8).Fill(1);
        folder.Write("log/000000.seg", new byte[4 * TestLog.Unit]);
        folder.Write("log/000001.seg", halfFormatted);
        EventLogReader reader = EventLogReader.Open(folder.Path);

        Assert.Empty(reader.ReadEvents());

        Assert.Empty(reader.Problems);
    }

    [Fact]
    public async Task Nothing_is_wrong_with_logs_that_are_well()
    {
        using var folder = new TemporaryFolder();
        await AgentProcess.RunAsync(folder.Path, "record", $"{Guid.NewGuid()}", "seen", "1");
        EventLogReader reader = EventLogReader.Open(folder.Path);

        reader.ReadEvents();

        Assert.Empty(reader.Problems);
    }
}
