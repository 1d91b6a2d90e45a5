using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Chunks of threads that died or fell silent: given back, and nothing of them lost.</summary>
public sealed class ChunkReclaimTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Five_hundred_threads_that_die_leave_all_they_recorded()
    {
        const int Threads = 500;
        const int Records = 4;
        using TestLog log = Open();
        for (int batch = 0; batch < Threads; batch += 20)
        {
            Thread[] threads = [.. Enumerable.Range(batch, 20).Select(number => new Thread(() =>
            {
                var thread = new LogThread(log.Writer);
                for (int i = 0; i < Records; i++)
                    thread.WriteSurely(number, i, $"{number} {i}");
            }))];
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());
        }

        LogFrames frames = log.Read();

        Assert.Equal(0, frames.Damaged);
        Assert.Equal(Threads * Records, frames.Manual.Select(static frame => (frame.UInt32At(8), frame.Int64At(16))).Distinct().Count());
        Assert.Equal(Threads * Records, frames.Manual.Count());
        Assert.All(frames.Manual, static frame => Assert.Equal($"{frame.UInt32At(8)} {frame.Int64At(16)}", LogFrames.TextOf(frame)));
    }

    [Fact]
    public void What_a_dead_thread_left_of_its_chunk_serves_another()
    {
        using TestLog log = Open(static options => options with { Tick = TimeSpan.FromHours(1) });
        log.AwaitSpare();
        var dying = new Thread(() => new LogThread(log.Writer).Write(1, 1, "first"));
        dying.Start();
        dying.Join();
        long left = log.Read().Manual.Single().Position / TestLog.Unit;

        log.Writer.Reclaimer.Reclaim(log.Writer.Current);

        Assert.Equal(left, new LogThread(log.Writer).Write(2, 2, "second") / TestLog.Unit);
        Assert.Equal(["first", "second"], log.Read().Manual.Select(static frame => LogFrames.TextOf(frame)));
    }

    [Fact]
    public void A_writer_that_found_no_room_elsewhere_writes_nothing_more_into_the_chunk_it_gave_up()
    {
        using TestLog log = Open(static options => options with { Tick = TimeSpan.FromHours(1) });
        log.AwaitSpare();
        var thread = new LogThread(log.Writer);
        thread.WriteSurely(1, 1, "first");
        long chunk = log.Read().Manual.Single().Position / TestLog.Unit;

        Assert.False(log.Writer.ClaimChunk(thread, 32 * TestLog.Unit));

        Assert.True(thread.Room <= 0, "Nothing holds the segment of that chunk any more.");
        Assert.NotEqual(chunk, thread.Write(1, 2, "second") / TestLog.Unit);
        Assert.NotEqual(0, thread.Hold);
    }

    [Fact]
    public void A_silent_thread_does_not_keep_its_segment_from_being_sealed_and_loses_nothing()
    {
        using TestLog log = Open();
        LogThread[] silent = [.. Enumerable.Range(0, 5).Select(_ => new LogThread(log.Writer))];
        for (int i = 0; i < silent.Length; i++)
            silent[i].WriteSurely(i, 0, "before");

        Rotate(log, times: 10);

        Assert.True(SpinWait.SpinUntil(() => log.Segments[..9].All(IsSealed), s_patience), "A segment was not sealed.");
        for (int i = 0; i < silent.Length; i++)
            silent[i].WriteSurely(i, 1, "after");
        Assert.Equal(10, log.Read().Manual.Count(static frame => LogFrames.TextOf(frame) is "before" or "after"));
    }

    [Fact]
    public void A_thread_that_was_writing_at_the_last_look_and_then_fell_silent_gives_its_chunk_back()
    {
        using TestLog log = Open(static options => options with { Tick = TimeSpan.FromHours(1) });
        var writing = new LogThread(log.Writer);
        writing.WriteSurely(1, 1, "before");
        Volatile.Write(ref writing.Busy, 1);
        Rotate(log, times: 2);
        Assert.False(IsSealed(log.Segments[0]));

        Volatile.Write(ref writing.Busy, 0);
        Rotate(log, times: 2);

        Assert.True(SpinWait.SpinUntil(() => IsSealed(log.Segments[0]), s_patience));
    }

    [Fact]
    public void Threads_that_pause_at_any_moment_of_rotations_and_retention_tear_nothing()
    {
        const int Threads = 6;
        using TestLog log = Open(static options => options with { MaxBytes = 48 * TestLog.Unit, Tick = TimeSpan.FromMilliseconds(1) });
        int[] written = new int[Threads];
        int target = LongTests.Times(120, 5_000);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(TestSeed.Value + number);
            var thread = new LogThread(log.Writer);
            while (log.Writer.Current.Number < target)
            {
                thread.WriteSurely(number, written[number], new string((char)('a' + number), random.Next(3000)));
                written[number]++;
                if (random.Next(20) == 0)
                    Thread.Sleep(random.Next(3));
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        log.Writer.Dispose();

        LogFrames frames = log.Read();

        Assert.Equal(0, frames.Damaged);
        Assert.NotEqual(0, log.Writer.Losses[LossReason.SegmentExpired]);
        Assert.Equal(0, log.Writer.Losses[LossReason.InternalError]);
        Assert.All(frames.Manual, static frame => Assert.Equal(-1, LogFrames.TextOf(frame)!.AsSpan().IndexOfAnyExcept((char)('a' + frame.UInt32At(8)))));
        // Of each thread what is left is the end of what it wrote, without a gap.
        foreach (IGrouping<uint, long> thread in frames.Manual.GroupBy(static frame => frame.UInt32At(8), static frame => frame.Int64At(16)))
        {
            long[] numbers = [.. thread.Order()];
            Assert.Equal(written[thread.Key] - 1, numbers[^1]);
            Assert.Equal(numbers.Length, numbers[^1] - numbers[0] + 1);
        }
    }

    private static TestLog Open(Func<EventLogOptions, EventLogOptions>? change = null) => new(options =>
    {
        options = options with { FirstSegmentBytes = 8 * TestLog.Unit, SegmentBytes = 8 * TestLog.Unit, MinSegmentBytes = 8 * TestLog.Unit, Tick = TimeSpan.FromMilliseconds(5) };
        return change is null ? options : change(options);
    });

    private static void Rotate(TestLog log, int times)
    {
        var thread = new LogThread(log.Writer);
        int target = log.Writer.Current.Number + times;
        while (log.Writer.Current.Number < target)
        {
            log.AwaitSpare();
            thread.WriteSurely(99, 0, new string('x', 4000));
        }
        log.AwaitSpare();
    }

    private static bool IsSealed(string path)
    {
        using var source = SegmentSource.OfFile(path);
        return SegmentReader.Open(source)!.IsSealed;
    }
}
