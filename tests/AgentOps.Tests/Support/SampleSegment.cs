using AgentOps.Log;

namespace AgentOps.Tests.Support;

/// <summary>A segment as a writer left it, and the frames that stand in it: what tests then damage.</summary>
internal sealed class SampleSegment
{
    private SampleSegment(byte[] bytes)
    {
        Bytes = bytes;
        LogFrames read = LogFrames.Of(bytes);
        Assert.Equal(0, read.Damaged);
        Frames = read.All;
    }

    public byte[] Bytes { get; }

    public IReadOnlyList<Frame> Frames { get; }

    /// <summary>Offsets of the chunks behind the first.</summary>
    public IEnumerable<int> Chunks => Enumerable.Range(1, (Bytes.Length / TestLog.Unit) - 1)
        .Select(static unit => unit * TestLog.Unit)
        .Where(offset => BitConverter.ToUInt64(Bytes, offset) == LogFormat.ChunkMagic);

    /// <summary>Two writers by turns: chunks of one, two and four units, and a frame that has a chunk of three to itself.</summary>
    public static SampleSegment Make() => Make(16, static (first, second) =>
    {
        for (int i = 0; i < 60; i++)
        {
            first.Write(1, i, Text(i, 40 + (i * 13 % 900)));
            second.Write(2, i, Text(i, i % 9));
        }
        second.Write(2, 60, Text(60, 40_000));
        for (int i = 61; i < 130; i++)
            first.Write(1, i, Text(i, 500));
    });

    /// <summary>One writer and one chunk beside the log's own.</summary>
    public static SampleSegment MakeSmall() => Make(3, static (first, _) =>
    {
        for (int i = 0; i < 20; i++)
            first.Write(1, i, Text(i, i * 11 % 150));
    });

    public static int OffsetOf(in Frame frame) => (int)frame.Position;

    public static int EndOf(in Frame frame) => (int)frame.Position + frame.Bytes.Length;

    /// <summary>Whether the bytes of a frame stand in a damaged copy as they were.</summary>
    public static bool IsWhole(in Frame frame, ReadOnlySpan<byte> damaged) =>
        EndOf(frame) <= damaged.Length && damaged[OffsetOf(frame)..EndOf(frame)].SequenceEqual(frame.Bytes.Span);

    /// <summary>Positions of the frames that a damaged copy must still give.</summary>
    public long[] WholeIn(byte[] damaged) => [.. Frames.Where(frame => IsWhole(frame, damaged)).Select(static frame => frame.Position)];

    /// <summary>Reads a damaged copy and checks that whatever is found was written so.</summary>
    public LogFrames ReadDamaged(byte[] damaged)
    {
        LogFrames read = LogFrames.Of(damaged);
        foreach (Frame frame in read.All)
        {
            if (!frame.Bytes.Span.SequenceEqual(Bytes.AsSpan(OffsetOf(frame), frame.Bytes.Length)))
                Assert.Fail($"A frame at {frame.Position} was read that nobody wrote.");
        }
        return read;
    }

    private static string Text(int number, int length) => new((char)('a' + (number % 26)), length);

    private static SampleSegment Make(int units, Action<LogThread, LogThread> write)
    {
        using var log = new TestLog(options => options with { FirstSegmentBytes = units * TestLog.Unit });
        log.Writer.Definitions.Add(FrameType.Text, 1, Encoded.Payload(static payload => payload.Write("a name")));
        write(new LogThread(log.Writer), new LogThread(log.Writer));
        Assert.Equal(0, log.Writer.Losses.Total);
        return new SampleSegment(File.ReadAllBytes(log.Segments[0]));
    }
}
