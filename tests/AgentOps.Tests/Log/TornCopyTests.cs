using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>
/// What is committed while a reader copies a segment: copies are made in any order, so the first word of a frame may come with the
/// copy and the rest of it not.
/// </summary>
public sealed class TornCopyTests
{
    [Fact]
    public void What_came_by_halves_is_read_whole_and_is_no_damage()
    {
        SampleSegment sample = SampleSegment.Make();

        LogFrames read = LogFrames.Read(new TornSource(sample, isGivenUp: false));

        Assert.Equal(0, read.Damaged);
        Assert.Equal(sample.Frames.Select(static frame => frame.Position), read.All.Select(static frame => frame.Position));
    }

    [Fact]
    public void What_came_by_halves_from_a_segment_that_was_then_given_up_is_no_damage()
    {
        SampleSegment sample = SampleSegment.Make();

        LogFrames read = LogFrames.Read(new TornSource(sample, isGivenUp: true));

        Assert.Equal(0, read.Damaged);
        Assert.True(read.All.Count < sample.Frames.Count);
    }

    /// <summary>
    /// Gives of every header and frame the first word alone when it is copied first. Then, unless the segment was given up as soon
    /// as the first frame had been copied, all of it.
    /// </summary>
    private sealed class TornSource(SampleSegment sample, bool isGivenUp) : SegmentSource
    {
        private readonly List<(int Begin, int End)> _pieces =
        [
            (0, LogFormat.SegmentHeaderBytes),
            .. sample.Chunks.Select(static chunk => (chunk, chunk + LogFormat.ChunkHeaderBytes)),
            .. sample.Frames.Select(static frame => (SampleSegment.OffsetOf(frame), SampleSegment.EndOf(frame))),
        ];

        private bool _isGone;

        public override string Name => "torn";

        public override long Length => sample.Bytes.Length;

        public override int Read(long offset, Span<byte> destination)
        {
            if (_isGone)
                return 0;
            int count = (int)Math.Clamp(sample.Bytes.Length - offset, 0, destination.Length);
            sample.Bytes.AsSpan((int)offset, count).CopyTo(destination);
            for (int i = _pieces.Count - 1; i >= 0; i--)
            {
                (int begin, int end) = _pieces[i];
                if (begin < offset || begin >= offset + count)
                    continue;
                for (int at = begin + sizeof(ulong); at < Math.Min(end, offset + count); at++)
                    destination[at - (int)offset] = 0;
                _pieces.RemoveAt(i);
            }
            _isGone = isGivenUp && count >= TestLog.Unit;
            return count;
        }

        public override void Dispose()
        {
            // Nothing is held.
        }
    }
}
