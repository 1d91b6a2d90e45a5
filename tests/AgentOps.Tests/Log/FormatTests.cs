using System.Buffers.Binary;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>The bytes of format 1.0, as docs/event-log.md draws them. What is written here may never change within a major version.</summary>
public sealed unsafe class FormatTests
{
    private const ulong LogKey = 0x0123_4567_89AB_CDEF;
    private const long Position = 0x0010_0000;

    private static readonly ClockSnapshot s_clock = new(0x1122_3344_5566_7788, 0x0011_2233_4455_6677, 1_000_000_000, 1_700_000_000);

    [Fact]
    public void Checksums_are_CRC_32C()
    {
        Assert.Equal(0xE306_9283, BitwiseCrc.Of("123456789"u8));
        Assert.Equal(0xE306_9283, Crc32C.Compute("123456789"u8));
    }

    [Fact]
    public void The_segment_header_is_128_bytes()
    {
        Segment segment = Open();
        segment.Format(LogKey, s_clock);

        byte[] expected = Hex($"""
            414F50534C4F4731 0100 0000 80000000
            EFCDAB8967452301 0000100000000000
            0080000000000000 00400000 07000000
            8877665544332211 7766554433221100
            00CA9A3B00000000 00F1536500000000
            {Little(Environment.ProcessId)} 00000000
            0000000000000000 0000000000000000 0000000000000000 0000000000000000
            00000000 00000000
            """);
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(120), BitwiseCrc.Of(expected.AsSpan(8, 112)));
        Assert.Equal(expected, Bytes(segment, 0, 128));

        Assert.True(segment.TrySeal());

        expected[124] = 1;
        Assert.Equal(expected, Bytes(segment, 0, 128));
        segment.Close();
    }

    [Fact]
    public void The_chunk_header_is_64_bytes()
    {
        Segment segment = Open();
        segment.Format(LogKey, s_clock);
        var cursor = new ChunkCursor();
        segment.OpenChunk(cursor, segment.Claim(1), 1);

        byte[] bytes = Bytes(segment, LogFormat.UnitBytes, 64);

        string ticks = Convert.ToHexString(bytes.AsSpan(24, 8));
        Assert.Equal(
            Hex($"""
                414F505343484E4B 0040100000000000
                {Little(Environment.CurrentManagedThreadId)} 01000000 {ticks}
                0000000000000000 0000000000000000 0000000000000000 0000000000000000
                """),
            bytes);
        segment.Close();
    }

    [Fact]
    public void A_call_start() => AssertFrame(
        FrameType.CallStart, 0, word8: 3 | (9UL << 32), word16: 0x0010_4040, ticks: 0x0102_0304_0506_0708,
        static payload =>
        {
            payload.Write(5L);
            payload.Write("hé");
        },
        """
        0700 01 00 ########
        03000000 09000000
        4040100000000000
        0807060504030201
        0405000000000000
        0B03000000000000 68C3A90000000000
        """);

    [Fact]
    public void A_call_end() => AssertFrame(
        FrameType.CallEnd, FrameFlags.Abandoned | FrameFlags.Truncated, word8: 0x0010_4040, word16: 0, ticks: 0x0102_0304_0506_0708,
        static payload => payload.Write(true),
        """
        0400 02 83 ########
        4040100000000000
        0807060504030201
        0300000000000000
        """);

    [Fact]
    public void A_session() => AssertFrame(
        FrameType.Session, 0, word8: 9, word16: 0, ticks: 0,
        static payload =>
        {
            payload.Write(new Guid("00112233-4455-6677-8899-aabbccddeeff"));
            payload.Write(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
            payload.Write(false);
            payload.Tag(PayloadTag.Null);
            payload.Tag(PayloadTag.Array);
            payload.Tag(PayloadTag.Close);
            payload.Tag(PayloadTag.Object);
            payload.Tag(PayloadTag.Close);
            payload.Write("run");
        },
        """
        0F00 12 00 ########
        0900000000000000
        1200000000000000 0011223344556677 8899AABBCCDDEEFF
        0E00000000000000 0040313CF729DD08
        0200000000000000
        0100000000000000
        1300000000000000 1500000000000000
        1400000000000000 1500000000000000
        0B03000000000000 72756E0000000000
        """);

    [Fact]
    public void A_text() => AssertFrame(
        FrameType.Text, 0, word8: 4, word16: 0, ticks: 0,
        static payload => payload.Write("a name"),
        """
        0400 17 00 ########
        0400000000000000
        0B06000000000000 61206E616D650000
        """);

    [Fact]
    public void A_frame_of_more_than_32_words_runs_three_checksums() => AssertFrame(
        FrameType.Manual, 0, word8: 1, word16: 2, ticks: 3,
        static payload => payload.Write(new string('z', 8 * 30)),
        """
        2300 05 00 ########
        0100000000000000 0200000000000000 0300000000000000
        0BF0000000000000
        """ + string.Concat(Enumerable.Repeat("7A7A7A7A7A7A7A7A", 30)));

    [Fact]
    public void A_segment_of_a_newer_major_version_is_refused_with_what_to_do()
    {
        byte[] segment = WithVersion(major: 2, minor: 0);
        using var folder = new TemporaryFolder();
        string path = folder.Write("log/000000.seg", segment);

        var error = Assert.Throws<InvalidDataException>(() => EventLogReader.Open(folder.Path).ReadEvents());

        Assert.Equal($"'{path}' has log format 2; this reader knows up to 1. Read it with a newer version of AgentOps.", error.Message);
    }

    [Fact]
    public void A_frame_of_a_newer_minor_version_is_read_around()
    {
        byte[] segment = WithVersion(major: 1, minor: 7);
        Frame newer = LogFrames.Of(segment).Manual.Skip(5).First();
        // The same frame under a type that this version does not know; such frames are checked without a ticks word of their own.
        Span<byte> frame = segment.AsSpan((int)newer.Position, newer.Bytes.Length);
        frame[2] = 99;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], ChecksumOf(frame, ticksOffset: 0));

        LogFrames read = LogFrames.Of(segment);

        Assert.Equal(0, read.Damaged);
        Assert.Equal(19, read.Manual.Count());
        using var folder = new TemporaryFolder();
        folder.Write("log/000000.seg", segment);
        Assert.Empty(EventLogReader.Open(folder.Path).ReadEvents());
    }

    private static byte[] WithVersion(ushort major, ushort minor)
    {
        byte[] segment = SampleSegment.MakeSmall().Bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(segment.AsSpan(8), major);
        BinaryPrimitives.WriteUInt16LittleEndian(segment.AsSpan(10), minor);
        BinaryPrimitives.WriteUInt32LittleEndian(segment.AsSpan(120), BitwiseCrc.Of(segment.AsSpan(8, 112)));
        return segment;
    }

    private static Segment Open() => Segment.CreateInMemory(Position, 7, 2 * LogFormat.UnitBytes);

    private static byte[] Bytes(Segment segment, int offset, int count) => new ReadOnlySpan<byte>(segment.Start + offset, count).ToArray();

    /// <summary>Writes a frame from elsewhere and in place, and compares both with bytes whose checksum, <c>########</c>, is computed here.</summary>
    private static void AssertFrame(
        FrameType type, byte flags, ulong word8, ulong word16, long ticks, Action<PayloadBuilder> write, string expectedHex)
    {
        byte[] expected = Hex(expectedHex.Replace("########", "00000000", StringComparison.Ordinal));
        int ticksOffset = type is FrameType.CallEnd ? 16 : type is FrameType.CallStart or FrameType.Manual ? 24 : 0;
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(4), ChecksumOf(expected, ticksOffset));
        Segment segment = Open();
        segment.Format(LogKey, s_clock);
        var cursor = new ChunkCursor();
        segment.OpenChunk(cursor, segment.Claim(1), 1);

        long first = FrameWriter.Write(null!, cursor, type, flags, word8, word16, Encoded.Payload(write), ticks);
        var payload = new PayloadBuilder(PayloadBuilder.MaxLimit);
        payload.ResetDirect(cursor.Cursor + FrameTypes.PayloadOffset(type), cursor.Limit, PayloadBuilder.MaxLimit);
        write(payload);
        long second = FrameWriter.CommitInPlace(cursor, type, flags, word8, word16, payload.Length, ticks);

        Assert.Equal(Position + LogFormat.UnitBytes + LogFormat.ChunkHeaderBytes, first);
        Assert.Equal(first + expected.Length, second);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Bytes(segment, (int)(first - Position), expected.Length)));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(Bytes(segment, (int)(second - Position), expected.Length)));
        segment.Close();
    }

    /// <summary>The checksum of a frame by the words of docs/event-log.md.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> frame, int ticksOffset)
    {
        uint first = BitwiseCrc.Step(~0u, frame[..4]);
        int words = (frame.Length / 8) - 1;
        int shared = words > 32 ? 32 : frame.Length;
        for (int at = 8; at < shared; at += 8)
        {
            if (at != ticksOffset)
                first = BitwiseCrc.Step(first, frame.Slice(at, 8));
        }
        if (words > 32)
        {
            uint second = ~0u;
            uint third = ~0u;
            int at = shared;
            for (; at + 24 <= frame.Length; at += 24)
            {
                first = BitwiseCrc.Step(first, frame.Slice(at, 8));
                second = BitwiseCrc.Step(second, frame.Slice(at + 8, 8));
                third = BitwiseCrc.Step(third, frame.Slice(at + 16, 8));
            }
            for (; at < frame.Length; at += 8)
                first = BitwiseCrc.Step(first, frame.Slice(at, 8));
            Span<byte> folded = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(folded, second);
            BinaryPrimitives.WriteUInt32LittleEndian(folded[4..], third);
            first = BitwiseCrc.Step(first, folded);
        }
        if (ticksOffset != 0)
            first = BitwiseCrc.Step(first, frame.Slice(ticksOffset, 8));
        return ~first;
    }

    private static string Little(int value) => Convert.ToHexString(BitConverter.GetBytes(value));

    private static byte[] Hex(string text) => Convert.FromHexString(string.Concat(text.Where(static c => !char.IsWhiteSpace(c))));
}
