using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace AgentOps.Log;

/// <summary>Commits frames at a cursor: body first, then the header word, by one aligned store with release order.</summary>
internal static unsafe class FrameWriter
{
    /// <summary>Writes a frame of up to two fixed words, an optional ticks word and a payload.</summary>
    /// <returns>The frame's position in the log, which is the span id if the frame starts an event; 0 if there was no room in the log.</returns>
    public static long Write(
        EventLogWriter log, ChunkCursor cursor, FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, long ticks = 0)
    {
        int payloadOffset = FrameTypes.PayloadOffset(type);
        int length = LogFormat.Align(payloadOffset + payload.Length);
        byte* frame = cursor.Cursor;
        bool ownChunks = length > LogFormat.ChunkBytes - LogFormat.ChunkHeaderBytes;
        if (ownChunks)
        {
            frame = log.ClaimRun(length, out long position);
            if (frame == null)
                return 0;
            Fill(frame, length, type, flags, word8, word16, payload, payloadOffset, ticks);
            return position;
        }
        if (frame == null || frame + length > cursor.Limit)
        {
            if (!log.ClaimChunk(cursor))
                return 0;
            frame = cursor.Cursor;
        }
        cursor.Cursor = frame + length;
        Fill(frame, length, type, flags, word8, word16, payload, payloadOffset, ticks);
        return (long)frame + cursor.Bias;
    }

    private static void Fill(
        byte* frame, int length, FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, int payloadOffset, long ticks)
    {
        int ticksOffset = FrameTypes.TicksOffset(type);
        // The last word may be padding; a claimed chunk is zero, but only until something was written there and given up.
        *(ulong*)(frame + length - 8) = 0;
        if (ticksOffset != 8)
            *(ulong*)(frame + 8) = word8;
        if (payloadOffset > 16 && ticksOffset != 16)
            *(ulong*)(frame + 16) = word16;
        payload.CopyTo(new Span<byte>(frame + payloadOffset, payload.Length));

        uint prefix = FrameHeader.Prefix(length, type, flags);
        uint crc = BitOperations.Crc32C(~0u, prefix);
        for (int offset = 8; offset < length; offset += 8)
        {
            if (offset != ticksOffset)
                crc = BitOperations.Crc32C(crc, *(ulong*)(frame + offset));
        }
        if (ticksOffset != 0)
        {
            if (ticks == 0)
                ticks = Stopwatch.GetTimestamp();
            *(long*)(frame + ticksOffset) = ticks;
            crc = BitOperations.Crc32C(crc, (ulong)ticks);
        }
        Volatile.Write(ref Unsafe.AsRef<ulong>(frame), prefix | ((ulong)~crc << 32));
    }
}
