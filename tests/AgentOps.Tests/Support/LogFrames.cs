using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Tests.Support;

/// <summary>The frames that stand in segments, as the reader of segments finds them.</summary>
internal sealed record LogFrames(IReadOnlyList<Frame> All, long Damaged)
{
    /// <summary>Frames that tests write; everything else is the log's own.</summary>
    public IEnumerable<Frame> Manual => All.Where(static frame => frame.Type == FrameType.Manual);

    /// <summary>Reads every segment below a folder.</summary>
    public static LogFrames Below(string folder) =>
        Read(Directory.EnumerateFiles(folder, "*.seg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(SegmentSource.OfFile));

    /// <summary>Reads a segment that stands in an array.</summary>
    public static LogFrames Of(byte[] segment) => Read([new ArraySource(segment)]);

    public static LogFrames Read(params IEnumerable<SegmentSource> sources)
    {
        var frames = new List<Frame>();
        long damaged = 0;
        foreach (SegmentSource source in sources)
        {
            using (source)
            {
                if (SegmentReader.Open(source) is not { } segment)
                    continue;
                foreach (Chunk chunk in segment.ReadChunks())
                {
                    for (int at = chunk.FirstFrame; segment.TryReadFrame(chunk, ref at, out Frame frame);)
                        frames.Add(frame);
                }
                damaged += segment.DamagedFrames;
            }
        }
        return new LogFrames(frames, damaged);
    }

    /// <summary>The text that a frame's payload begins with.</summary>
    public static string? TextOf(in Frame frame) => new PayloadReader(frame.Payload.Span, TextTable.Empty).ReadString();
}

/// <summary>A segment in an array, which a test may have damaged.</summary>
internal sealed class ArraySource(byte[] bytes) : SegmentSource
{
    public override string Name => "array";

    public override long Length => bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, destination.Length);
        if (count > 0)
            bytes.AsSpan((int)offset, count).CopyTo(destination);
        return count;
    }

    public override void Dispose()
    {
        // Nothing is held.
    }
}
