using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>What is deleted of an application's logs, and that each deletion is counted.</summary>
public sealed class LogRetentionTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Of_the_own_log_the_oldest_sealed_segments_go_first()
    {
        using var log = new TestLog(options => Small(options) with { MaxBytes = 24 * TestLog.Unit });
        WriteSegments(log, 12);

        Assert.True(SpinWait.SpinUntil(() => log.Writer.Losses[LossReason.SegmentExpired] >= 6, s_patience));

        log.Writer.Dispose();
        int[] left = [.. log.Segments.Select(static path => int.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(left[0], left.Length), left);
        Assert.Equal(left[0], log.Writer.Losses[LossReason.SegmentExpired]);
    }

    [Fact]
    public void What_a_dead_process_left_goes_when_it_is_too_much()
    {
        using var folder = new TemporaryFolder();
        string dead = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 3);

        using EventLogWriter log = Open(folder, LogFiles.Default, maxBytes: 2 * TestLog.Unit);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(dead) && log.Losses[LossReason.SegmentExpired] == 3, s_patience));
    }

    [Fact]
    public void What_a_dead_process_left_goes_when_it_is_too_old()
    {
        using var folder = new TemporaryFolder();
        string old = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 1);
        string young = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000002", segments: 1);
        foreach (string file in Directory.GetFiles(old))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-30));

        using EventLogWriter log = Open(folder, LogFiles.Default, maxBytes: 1 << 30);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(old), s_patience));
        Assert.True(Directory.Exists(young));
    }

    [Fact]
    public void What_a_live_process_writes_stays_however_much_it_is()
    {
        using var folder = new TemporaryFolder();
        using EventLogWriter other = Open(folder, LogFiles.Default, maxBytes: 1 << 30);
        string dead = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 1);

        using EventLogWriter log = Open(folder, LogFiles.Default, maxBytes: TestLog.Unit);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(dead), s_patience));
        Assert.True(File.Exists(Path.Combine(other.DirectoryPath!, "000000.seg")));
    }

    [Fact]
    public void A_deletion_that_was_cut_short_is_counted_as_far_as_it_went()
    {
        using var folder = new TemporaryFolder();
        string dead = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 3);
        // Two deletions succeed.
        var files = new LockedSegments("000002.seg");

        using EventLogWriter log = Open(folder, files, maxBytes: 2 * TestLog.Unit);

        Assert.True(SpinWait.SpinUntil(() => files.Refusals > 0, s_patience));
        Assert.True(SpinWait.SpinUntil(() => log.Losses[LossReason.SegmentExpired] == 2, TimeSpan.FromSeconds(5)), "Two segments are gone and not counted.");
        Assert.Single(Directory.GetFiles(dead, "*.seg"));
    }

    [Fact]
    public void What_a_deletion_that_was_cut_short_left_of_a_log_goes_once_it_is_old()
    {
        using var folder = new TemporaryFolder();
        string old = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 0);
        string young = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000002", segments: 0);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddMinutes(-10));

        using EventLogWriter log = Open(folder, LogFiles.Default, maxBytes: 1 << 30);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(old), s_patience));
        Assert.True(Directory.Exists(young));
        Assert.Equal(0, log.Losses.Total);
    }

    [Fact]
    public void A_directory_that_is_no_log_stays()
    {
        using var folder = new TemporaryFolder();
        folder.Write("test/notes/todo.txt", [1]);
        string dead = MakeDeadLog(folder, "20200101T000000000Z-1-000000000000001", segments: 1);

        using EventLogWriter log = Open(folder, LogFiles.Default, maxBytes: TestLog.Unit);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(dead), s_patience));
        Assert.True(File.Exists(folder.Combine("test/notes/todo.txt")));
    }

    private static EventLogOptions Small(EventLogOptions options) => options with
    {
        FirstSegmentBytes = 4 * TestLog.Unit,
        SegmentBytes = 4 * TestLog.Unit,
        MinSegmentBytes = 4 * TestLog.Unit,
        Tick = TimeSpan.FromMilliseconds(20),
    };

    private static EventLogWriter Open(TemporaryFolder folder, LogFiles files, long maxBytes) => EventLogWriter.Open(
        Small(new EventLogOptions { Root = folder.Path, Application = "test", Files = files, MaxBytes = maxBytes }));

    private static string MakeDeadLog(TemporaryFolder folder, string name, int segments)
    {
        for (int i = 0; i < segments; i++)
            folder.Write($"test/{name}/{LogFormat.SegmentFileName(i)}", new byte[TestLog.Unit]);
        return Path.GetDirectoryName(folder.Write($"test/{name}/lock", []))!;
    }

    private static void WriteSegments(TestLog log, int count)
    {
        var thread = new LogThread(log.Writer);
        while (log.Writer.Current.Number < count)
        {
            log.AwaitSpare();
            thread.Write(1, 1, new string('x', 4000));
        }
    }

    /// <summary>Refuses to delete one file, as a system does where somebody holds it open.</summary>
    private sealed class LockedSegments(string name) : LogFiles
    {
        private int _refusals;

        public int Refusals => Volatile.Read(ref _refusals);

        public override void Delete(string path)
        {
            if (Path.GetFileName(path) == name)
            {
                Interlocked.Increment(ref _refusals);
                throw new IOException("The file is in use.");
            }
            base.Delete(path);
        }
    }
}
