using System.Buffers.Binary;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Chunks that are made to be searched: the search looks at each byte a bounded number of times, and finds what damage leaves.</summary>
public sealed class FrameSearchTests
{
    private const int Units = 33;
    private const int First = LogFormat.ChunkHeaderBytes;

    [Fact]
    public void A_chunk_of_headers_as_long_as_what_is_left_is_searched_a_bounded_number_of_times() =>
        AssertBounded(static (chunk, at) => Header(chunk.Length - at, at));

    [Fact]
    public void A_chunk_of_long_headers_each_before_a_whole_frame_is_searched_a_bounded_number_of_times()
    {
        byte[] frame = Frame(payloadWords: 0);
        AssertBounded((chunk, at) =>
        {
            int place = (at - First) % (16 + frame.Length);
            return place < 16 ? Header((chunk.Length - at) & ~31, at) : BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(place - 16));
        });
    }

    [Fact]
    public void A_chunk_of_short_headers_that_all_lead_to_one_long_frame_is_searched_a_bounded_number_of_times()
    {
        byte[] frame = Frame(payloadWords: 32_000);
        AssertBounded((chunk, at) =>
        {
            int start = chunk.Length - 8 - frame.Length;
            return at < start ? Header(start - at, at)
                : at < start + frame.Length ? BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(at - start))
                : 0;
        });
    }

    [Fact]
    public void Where_the_search_is_spent_a_length_that_is_right_still_leads_on()
    {
        byte[] segment = new byte[(Units - 2) * LogFormat.UnitBytes];
        byte[] frame = Frame(payloadWords: 4);
        int last = segment.Length - 8 - frame.Length;
        for (int at = First; at < last; at += 8)
            BinaryPrimitives.WriteUInt64LittleEndian(segment.AsSpan(at), Header(last - at, at));
        frame.CopyTo(segment, last);
        var chunk = new Chunk(segment, 0, First, IsSearched: false);

        int next = chunk.Search.NextFrame(First, FrameHeader.Decode(Header(last - First, First)));

        Assert.True(chunk.Search.Spent >= (long)segment.Length * FrameSearch.MostLooks);
        Assert.Equal(last, next);
    }

    private static void AssertBounded(Func<byte[], int, ulong> wordAt)
    {
        byte[] segment = Segment(wordAt);
        SegmentReader reader = SegmentReader.Open(new ArraySource(segment))!;
        long spent = 0;
        foreach (Chunk chunk in reader.ReadChunks())
        {
            for (int at = chunk.FirstFrame; reader.TryReadFrame(chunk, ref at, out _);)
                continue;
            // One look more may have been under way when there were enough.
            Assert.InRange(chunk.Search.Spent, 0, (long)chunk.Bytes.Length * (FrameSearch.MostLooks + 1));
            spent += chunk.Search.Spent;
        }

        Assert.True(spent > segment.Length, "Nothing was searched.");
        Assert.NotEqual(0, reader.DamagedFrames);
    }

    /// <summary>A segment whose second chunk is as long as one can be, and filled with words.</summary>
    private static byte[] Segment(Func<byte[], int, ulong> wordAt)
    {
        byte[] segment = [.. SampleSegment.MakeSmall().Bytes.AsSpan(0, LogFormat.UnitBytes), .. new byte[Units * LogFormat.UnitBytes]];
        BinaryPrimitives.WriteInt64LittleEndian(segment.AsSpan(32), segment.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(segment.AsSpan(120), Crc32C.Compute(segment.AsSpan(8, 112)));
        Span<byte> header = segment.AsSpan(LogFormat.UnitBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(header, LogFormat.ChunkMagic);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], LogFormat.UnitBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], Units);
        byte[] chunk = new byte[Units * LogFormat.UnitBytes];
        for (int at = First; at < chunk.Length; at += 8)
            BinaryPrimitives.WriteUInt64LittleEndian(header[at..], wordAt(chunk, at));
        return segment;
    }

    /// <summary>A header that names a length, with a checksum that is wrong.</summary>
    private static ulong Header(int length, int salt) =>
        FrameHeader.Prefix(Math.Min(length, LogFormat.MaxFrameBytes), FrameType.Manual, 0) | ((ulong)(uint)(salt * 2654435761) << 32);

    private static unsafe byte[] Frame(int payloadWords)
    {
        byte[] frame = new byte[FrameTypes.PayloadOffset(FrameType.Manual) + (payloadWords * 8)];
        uint prefix = FrameHeader.Prefix(frame.Length, FrameType.Manual, 0);
        fixed (byte* start = frame)
        {
            uint checksum = FrameChecksum.Of(start, frame.Length, prefix, FrameTypes.TicksOffset(FrameType.Manual));
            BinaryPrimitives.WriteUInt64LittleEndian(frame, prefix | ((ulong)checksum << 32));
        }
        return frame;
    }
}
