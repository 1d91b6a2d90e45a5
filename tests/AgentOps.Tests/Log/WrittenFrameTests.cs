using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Frames of a log that is written rather than mapped: a process may be killed between two pages of one write.</summary>
public sealed class WrittenFrameTests
{
    private const int Page = 4096;

    [Theory]
    [InlineData(200)]
    [InlineData(5_000)]
    [InlineData(40_000)]
    [InlineData(200_000)]
    public void A_write_that_ends_between_two_pages_leaves_no_torn_frame(int length)
    {
        // The kill comes at the n-th write that reaches into another page.
        for (int n = 1; n <= 20; n++)
        {
            var files = new PageByPage(n);
            using var log = new TestLog(options => options with { Storage = SegmentStorage.Written, Files = files, FirstSegmentBytes = 64 * TestLog.Unit });
            var thread = new LogThread(log.Writer);
            for (int i = 0; i < 100 && !files.IsDead; i++)
                thread.Write(1, i, new string('x', length));
            // Files come and go while the log tries to make segments.
            log.Writer.Dispose();

            LogFrames read = log.Read();

            Assert.Equal(0, read.Damaged);
            Assert.All(read.Manual, frame => Assert.Equal(length, LogFrames.TextOf(frame)!.Length));
        }
    }

    /// <summary>Brings writes to the disk page by page, as the system does, and dies between two pages of one.</summary>
    private sealed class PageByPage(int fatal) : LogFiles
    {
        private int _crossings;

        public bool IsDead { get; private set; }

        public override void Write(FileStream file, ReadOnlySpan<byte> bytes, long offset)
        {
            if (IsDead)
                throw new IOException("The process is gone.");
            // Zeros of a segment that is being made are no frames.
            bool crosses = offset / Page != (offset + bytes.Length - 1) / Page && bytes.ContainsAnyExcept((byte)0);
            if (!crosses || ++_crossings != fatal)
            {
                base.Write(file, bytes, offset);
                return;
            }
            IsDead = true;
            base.Write(file, bytes[..(int)(Page - (offset % Page))], offset);
            throw new IOException("The process is gone.");
        }
    }
}
