using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>A log that is written rather than mapped, while its disk does not take every frame at once.</summary>
public sealed class FailedWriteTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_next_frame_of_a_chunk_brings_one_that_failed_with_it()
    {
        var files = new UnsteadyFiles();
        using TestLog log = Open(files);
        var thread = new LogThread(log.Writer);
        thread.Write(1, 0, "before");
        files.Fails = true;
        thread.Write(1, 1, "during");
        files.Fails = false;

        thread.Write(1, 2, "after");

        Assert.Equal(["before", "during", "after"], log.Read().Manual.Select(static frame => LogFrames.TextOf(frame)));
    }

    [Fact]
    public void A_frame_that_nothing_follows_is_brought_in_the_background()
    {
        var files = new UnsteadyFiles();
        using TestLog log = Open(files, static options => options with { Tick = TimeSpan.FromMilliseconds(1) });
        var thread = new LogThread(log.Writer);
        files.Fails = true;
        thread.Write(1, 1, "last words");
        Assert.True(SpinWait.SpinUntil(() => log.Writer.Problem is not null, s_patience));
        Assert.Contains("cannot be written", log.Writer.Problem, StringComparison.Ordinal);

        files.Fails = false;

        Assert.True(SpinWait.SpinUntil(() => log.Read().Manual.Any(), s_patience), "The frame did not get to the file.");
        Assert.True(SpinWait.SpinUntil(() => log.Writer.Problem is null, s_patience), log.Writer.Problem);
        Assert.Equal(0, log.Writer.Losses.Total);
    }

    [Fact]
    public void Whichever_single_write_fails_every_frame_is_read()
    {
        int n = 1;
        for (bool hasFailed = true; hasFailed; n++)
        {
            var files = new UnsteadyFiles { Failing = n };
            using TestLog log = Open(files);
            LogThread[] threads = [new(log.Writer), new(log.Writer)];
            for (int i = 0; i < 40; i++)
                threads[i % 2].Write(i % 2, i, new string('x', i * 100));
            log.Writer.Dispose();
            hasFailed = files.HasFailed;

            LogFrames read = log.Read();

            Assert.True(read.Manual.Select(static frame => frame.Int64At(16)).Order().SequenceEqual(Enumerable.Range(0, 40).Select(static i => (long)i)), $"Write {n} failed.");
            Assert.Equal((0, 0), (read.Damaged, log.Writer.Losses.Total));
        }
        Assert.True(n > 60);
    }

    [Fact]
    public void What_cannot_be_written_until_the_log_ends_is_lost_and_counted_exactly()
    {
        var files = new UnsteadyFiles();
        using TestLog log = Open(files);
        LogThread[] threads = [new(log.Writer), new(log.Writer)];
        for (int i = 0; i < 10; i++)
            threads[i % 2].Write(1, i, "written");
        files.Fails = true;
        // To the end of the chunks, and into others.
        for (int i = 10; i < 60; i++)
            threads[i % 2].Write(1, i, new string('x', 1000));
        Assert.Equal(0, log.Writer.Losses.Total);

        log.Writer.Dispose();

        Assert.Equal(10, log.Read().Manual.Count());
        Assert.Equal(50, log.Writer.Losses[LossReason.WriteFailed]);
    }

    [Fact]
    public void All_of_a_segment_whose_header_is_missing_is_lost()
    {
        var files = new UnsteadyFiles { Fails = true, FailsHeaderOnly = true };
        using TestLog log = Open(files);
        LogThread[] threads = [new(log.Writer), new(log.Writer)];
        for (int i = 0; i < 50; i++)
            threads[i % 2].Write(1, i, new string('x', 1000));

        log.Writer.Dispose();

        Assert.Throws<InvalidDataException>(log.Read);
        Assert.Equal(50, log.Writer.Losses[LossReason.WriteFailed]);
    }

    [Fact]
    public void Full_segments_wait_for_their_files()
    {
        var files = new UnsteadyFiles();
        using TestLog log = Open(files);
        files.Fails = true;
        var thread = new LogThread(log.Writer);
        int recorded = 0;
        FillSegments(log, thread, ref recorded, 4);

        files.Fails = false;
        FillSegments(log, thread, ref recorded, 1);
        log.Writer.Dispose();

        Assert.Equal(Enumerable.Range(0, recorded), log.Read().Manual.Select(static frame => (int)frame.Int64At(16)));
        Assert.Equal(0, log.Writer.Losses.Total);
    }

    [Fact]
    public void Of_more_segments_than_may_wait_the_oldest_are_lost_and_counted()
    {
        var files = new UnsteadyFiles();
        using TestLog log = Open(files, static options => options with { MemoryBytes = 3 * 16 * TestLog.Unit, Tick = TimeSpan.FromMilliseconds(1) });
        files.Fails = true;
        var thread = new LogThread(log.Writer);
        int recorded = 0;
        FillSegments(log, thread, ref recorded, 5);
        // The last one stands in the sixth.
        int oldest = recorded - 1;
        FillSegments(log, thread, ref recorded, 3);
        Assert.True(SpinWait.SpinUntil(() => log.Writer.Losses[LossReason.WriteFailed] == oldest, s_patience), "Nothing was given up.");

        files.Fails = false;
        FillSegments(log, thread, ref recorded, 1);
        log.Writer.Dispose();

        Assert.Equal(oldest, log.Writer.Losses[LossReason.WriteFailed]);
        Assert.Equal(Enumerable.Range(oldest, recorded - oldest), log.Read().Manual.Select(static frame => (int)frame.Int64At(16)));
    }

    [Fact]
    public void Whatever_fails_and_when_all_that_was_recorded_is_read_or_counted() => TestSeed.Rounds(LongTests.Times(150, 5_000), static random =>
    {
        var files = new UnsteadyFiles { IsShort = random.Next(2) == 0 };
        using TestLog log = Open(files);
        LogThread[] threads = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new LogThread(log.Writer))];
        var recorded = new Dictionary<int, int>();
        int[] odds = [0, 0, 2, 10, 100];
        for (int i = 0; i < 200; i++)
        {
            if (random.Next(10) == 0)
                files.Misbehave(odds[random.Next(odds.Length)], random.Next());
            log.AwaitSpare();
            int length = random.Next(8) == 0 ? random.Next(40_000) : random.Next(600);
            Assert.NotEqual(0, threads[random.Next(threads.Length)].Write(i, i, new string((char)('a' + (i % 26)), length)));
            recorded.Add(i, length);
        }
        if (random.Next(2) == 0)
            files.Misbehave(0, 0);
        log.Writer.Dispose();

        LogFrames read = ReadWithHeaders(log);

        long lost = log.Writer.Losses[LossReason.WriteFailed];
        Assert.All(read.Manual, frame => Assert.Equal(new string((char)('a' + (frame.Int64At(16) % 26)), recorded[(int)frame.Int64At(16)]), LogFrames.TextOf(frame)));
        Assert.Equal(read.Manual.Count(), read.Manual.Select(static frame => frame.Int64At(16)).Distinct().Count());
        // Behind what came in part, and in a chunk without a header, a reader may find more than is counted on.
        Assert.InRange(lost, recorded.Count - read.Manual.Count(), files.IsSteady ? 0 : recorded.Count);
    });

    [Fact]
    public void Threads_that_record_while_the_disk_comes_and_goes_lose_nothing()
    {
        const int Threads = 4;
        const int Records = 3000;
        var files = new UnsteadyFiles();
        using TestLog log = Open(files, static options => options with { Tick = TimeSpan.FromMilliseconds(1) });
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var thread = new LogThread(log.Writer);
            for (int i = 0; i < Records; i++)
            {
                if (i % 100 == 0)
                    files.Misbehave(i % 400 == 0 ? 0 : 3, TestSeed.Value + i);
                thread.WriteSurely(number, i, $"{number} {i}");
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        files.Misbehave(0, 0);
        log.Writer.Dispose();

        LogFrames read = log.Read();

        Assert.Equal(0, log.Writer.Losses[LossReason.WriteFailed]);
        Assert.Equal(Threads * Records, read.Manual.Select(static frame => (frame.UInt32At(8), frame.Int64At(16))).Distinct().Count());
        Assert.All(read.Manual, static frame => Assert.Equal($"{frame.UInt32At(8)} {frame.Int64At(16)}", LogFrames.TextOf(frame)));
    }

    /// <summary>Reads the segments whose header got to the disk; without it there is nothing to be read of one.</summary>
    private static LogFrames ReadWithHeaders(TestLog log) =>
        LogFrames.Read(log.Segments.Where(static path => File.ReadAllBytes(path)[0] != 0).Select(SegmentSource.OfFile));

    private static TestLog Open(LogFiles files, Func<EventLogOptions, EventLogOptions>? change = null) => new(options =>
    {
        options = options with { Storage = SegmentStorage.Written, Files = files };
        return change is null ? options : change(options);
    });

    /// <summary>Writes numbered frames until so many segments have been filled.</summary>
    private static void FillSegments(TestLog log, LogThread thread, ref int number, int count)
    {
        int target = log.Writer.Current.Number + count;
        while (log.Writer.Current.Number < target)
        {
            log.AwaitSpare();
            Assert.NotEqual(0, thread.Write(1, number, new string('x', 4000)));
            number++;
        }
    }
}
