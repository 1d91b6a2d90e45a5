using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Readers at work while the writer rotates, retention deletes, and the log is closed.</summary>
public sealed class LiveReaderTests
{
    [Fact]
    public void A_reader_sees_every_event_once_and_whole_while_segments_come_and_go()
    {
        using TestLog log = Open(SegmentStorage.Mapped);
        int reads = ReadWhileWriting(log, () => EventLogReader.Open(log.Root));

        Assert.True(reads > 1);
        Assert.NotEqual(0, log.Writer.Losses[LossReason.SegmentExpired]);
    }

    [Fact]
    public void A_reader_of_memory_sees_every_event_once_and_whole_while_segments_come_and_go()
    {
        using TestLog log = Open(SegmentStorage.Memory);
        int reads = ReadWhileWriting(log, () => EventLogReader.OpenOwn(log.Writer));

        Assert.True(reads > 1);
        Assert.NotEqual(0, log.Writer.Losses[LossReason.SegmentExpired]);
    }

    [Fact]
    public void What_is_recorded_after_the_log_was_closed_is_kept_or_counted()
    {
        using TestLog log = Open(SegmentStorage.Mapped);
        log.AwaitSpare();
        log.Writer.Dispose();
        var thread = new LogThread(log.Writer);
        int kept = 0;
        int lost = 0;
        for (int i = 0; i < 2_000; i++)
        {
            if (thread.Write(1, i, new string('x', 1000)) != 0)
                kept++;
            else
                lost++;
        }

        Assert.True(kept > 0 && lost > 0);
        Assert.Equal(lost, log.Writer.Losses[LossReason.NoSegmentReady]);
        Assert.Equal(kept, log.Read().Manual.Count());
    }

    [Fact]
    public void Closing_twice_is_closing_once()
    {
        using TestLog log = Open(SegmentStorage.Mapped);

        log.Writer.Dispose();
        log.Writer.Dispose();

        Assert.Single(log.Segments);
    }

    private static TestLog Open(SegmentStorage storage) => new(options => options with
    {
        MaxBytes = 64 * TestLog.Unit,
        MemoryBytes = 64 * TestLog.Unit,
        Tick = TimeSpan.FromMilliseconds(2),
        Storage = storage,
    });

    private static int ReadWhileWriting(TestLog log, Func<EventLogReader> open)
    {
        log.DefineSession(1, Guid.NewGuid());
        int reads = 0;
        var writer = new Thread(() =>
        {
            var thread = new LogThread(log.Writer);
            for (int i = 0; log.Writer.Current.Number < LongTests.Times(60, 2_000) || Volatile.Read(ref reads) < 2; i++)
            {
                while (thread.WriteAction(1, $"{i}") == 0)
                    Thread.Yield();
            }
        });
        writer.Start();
        try
        {
            while (writer.IsAlive)
            {
                EventLogReader reader = open();
                int[] numbers = [.. reader.ReadEvents().OfType<ActionEvent>().Select(static e => int.Parse(e.ActionType, System.Globalization.CultureInfo.InvariantCulture))];
                Assert.Equal(0, reader.DamagedFrames);
                Assert.Equal(numbers.Length, numbers.Distinct().Count());
                Interlocked.Increment(ref reads);
            }
        }
        finally
        {
            Interlocked.Add(ref reads, 2);
            writer.Join();
        }
        return reads;
    }
}
