using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>When the segment behind the first one is made: not for a program that is done at once, and in time for one that records much.</summary>
public sealed class SpareTests
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    [Fact]
    public void A_log_that_ends_at_once_has_worked_for_no_second_segment()
    {
        var files = new CountingFiles();
        using var log = new TestLog(options => options with { SpareDelay = s_never, Files = files });
        new LogThread(log.Writer).Write(1, 1, "all there is");

        log.Writer.Dispose();

        Assert.Equal(1, files.Segments);
        Assert.Single(log.Read().Manual);
    }

    [Fact]
    public void A_first_segment_that_fills_calls_for_the_second_one_at_once()
    {
        using var log = new TestLog(static options => options with { SpareDelay = s_never });
        var thread = new LogThread(log.Writer);

        // Far from full.
        for (int i = 0; i < 12; i++)
            Assert.NotEqual(0, thread.Write(1, i, new string('x', 4000)));

        log.AwaitSpare();
        Assert.Equal(0, log.Writer.Current.Number);
    }

    [Fact]
    public void A_segment_that_is_being_made_when_the_log_ends_is_given_up_and_gone()
    {
        var files = new CountingFiles();
        using var log = new TestLog(options => options with { SpareDelay = s_never, Files = files });
        using var ended = new ManualResetEventSlim();
        files.OnSecondSegment = () =>
        {
            log.Writer.Dispose();
            ended.Set();
        };
        var thread = new LogThread(log.Writer);
        for (int i = 0; i < 12; i++)
            Assert.NotEqual(0, thread.Write(1, i, new string('x', 4000)));
        Assert.True(ended.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        // Returns when the background thread has.
        log.Writer.Dispose();

        Assert.Equal(0, files.WritesBehindFirst);
        Assert.Single(log.Segments);
        Assert.Null(log.Writer.Problem);
    }

    /// <summary>The real file system, which counts what is made.</summary>
    private sealed class CountingFiles : LogFiles
    {
        public int Segments { get; private set; }

        /// <summary>Writes to segments behind the first one.</summary>
        public int WritesBehindFirst { get; private set; }

        public Action? OnSecondSegment { get; set; }

        public override FileStream CreateSegment(string path, long bytes)
        {
            FileStream file = base.CreateSegment(path, bytes);
            if (++Segments == 2)
                OnSecondSegment?.Invoke();
            return file;
        }

        public override void Write(FileStream file, ReadOnlySpan<byte> bytes, long offset)
        {
            if (Segments > 1)
                WritesBehindFirst++;
            base.Write(file, bytes, offset);
        }
    }
}
