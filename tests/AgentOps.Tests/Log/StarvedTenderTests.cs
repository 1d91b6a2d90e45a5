using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>The thread behind a log, while no segment can be made.</summary>
public sealed class StarvedTenderTests
{
    [Fact]
    public void Lost_events_do_not_make_it_try_at_once()
    {
        var files = MakeFaulty();
        using TestLog log = Starve(files, Timeout.InfiniteTimeSpan);
        int operations = files.Operations;
        var thread = new LogThread(log.Writer);

        for (int i = 0; i < 100_000; i++)
            Assert.Equal(0, thread.Write(1, i, new string('x', 4000)));

        Assert.Equal(operations, files.Operations);
        Assert.Equal(0, log.Writer.Current.Number);
    }

    [Fact]
    public void What_it_could_not_write_itself_is_no_lost_event()
    {
        using TestLog log = Starve(MakeFaulty(), TimeSpan.FromMilliseconds(1));
        var thread = new LogThread(log.Writer);
        int lost = 0;
        for (int i = 0; i < 200; i++)
        {
            if (thread.Write(1, i, new string('x', 4000)) == 0)
                lost++;
            Thread.Sleep(1);
        }

        Assert.True(lost > 0);
        Assert.InRange(log.Writer.Losses[LossReason.NoSegmentReady], 1, lost + Filled);
    }

    [Fact]
    public void Losses_are_written_to_the_log_once_there_is_room_even_if_no_more_come()
    {
        var files = MakeFaulty();
        using TestLog log = Starve(files, TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, new LogThread(log.Writer).Write(1, 1, new string('x', 4000)));

        files.Heal();
        log.AwaitSpare();

        Assert.True(SpinWait.SpinUntil(() => log.Read().All.Any(static frame => frame.Type == FrameType.Loss), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_frame_that_no_segment_has_room_for_is_lost_alone()
    {
        using var log = new TestLog();
        log.AwaitSpare();
        var thread = new LogThread(log.Writer);

        Assert.Equal(0, thread.Write(1, 1, new string('x', 16 * TestLog.Unit)));

        Assert.Equal(1, log.Writer.Losses[LossReason.NoSegmentReady]);
        Assert.Equal(0, log.Writer.Current.Number);
        Assert.NotEqual(0, thread.Write(1, 2, "small"));
    }

    private const int Filled = 1;

    /// <summary>Two folders, a lock and one segment of three operations succeed.</summary>
    private static FaultyFiles MakeFaulty() => new(FileFault.NoSpace, first: 7, count: int.MaxValue);

    /// <summary>A log whose first segment is full, and no other can be made.</summary>
    private static TestLog Starve(FaultyFiles files, TimeSpan tick)
    {
        var log = new TestLog(options => options with
        {
            FirstSegmentBytes = 4 * TestLog.Unit,
            SegmentBytes = 4 * TestLog.Unit,
            MinSegmentBytes = 4 * TestLog.Unit,
            Storage = SegmentStorage.Mapped,
            Tick = tick,
            Files = files,
        });
        Assert.Equal(SegmentStorage.Mapped, log.Writer.Storage);
        Assert.True(SpinWait.SpinUntil(() => log.Writer.Problem is not null, TimeSpan.FromSeconds(30)));
        var thread = new LogThread(log.Writer);
        while (thread.Write(1, 0, new string('x', 4000)) != 0)
        {
            // Filling.
        }
        return log;
    }
}
