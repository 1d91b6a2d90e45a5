using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentOps.Log;

/// <summary>Commits frames at a cursor: body first, then the header word, by one aligned store with release order.</summary>
internal static unsafe class FrameWriter
{
    /// <summary>From here on a frame that does not fit its writer's chunk gets one of its own, rather than waste what is left there.</summary>
    private const int LargeFrame = 8 * 1024;

    /// <summary>Writes a frame of up to two fixed words, an optional ticks word and a payload that stands elsewhere.</summary>
    /// <param name="log">Where a fresh chunk comes from.</param>
    /// <param name="cursor">The writer's place.</param>
    /// <param name="type">What the frame says.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="word8">The word at +8, unless the type has its ticks there.</param>
    /// <param name="word16">The word at +16, if the type has one.</param>
    /// <param name="payload">The payload, whole words of it.</param>
    /// <param name="ticks">The time; now if it is 0 and the type has one.</param>
    /// <returns>The frame's position in the log, which is the span id if the frame starts an event; 0 if there was no room in the log.</returns>
    public static long Write(
        EventLogWriter log, ChunkCursor cursor, FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, long ticks = 0)
    {
        int payloadOffset = FrameTypes.PayloadOffset(type);
        int length = payloadOffset + payload.Length;
        Debug.Assert((length & 7) == 0 && length <= LogFormat.MaxFrameBytes, "Payloads are whole words and shorter than a frame.");
        byte* frame = cursor.Cursor;
        if (cursor.Room < length)
        {
            if (length > LargeFrame)
                return WriteAlone(log, type, flags, word8, word16, payload, ticks);
            if (!log.ClaimChunk(cursor, length))
                return 0;
            frame = cursor.Cursor;
        }
        payload.CopyTo(new Span<byte>(frame + payloadOffset, payload.Length));
        return Commit(cursor, frame, length, type, flags, word8, word16, ticks);
    }

    /// <summary>Commits a frame whose payload stands at the cursor already.</summary>
    public static long CommitInPlace(ChunkCursor cursor, FrameType type, byte flags, ulong word8, ulong word16, int payloadBytes, long ticks = 0)
    {
        byte* frame = cursor.Cursor;
        int length = FrameTypes.PayloadOffset(type) + payloadBytes;
        // Readers take the next word for a header, and a transcoder may have touched it.
        *(ulong*)(frame + length) = 0;
        return Commit(cursor, frame, length, type, flags, word8, word16, ticks);
    }

    private static long Commit(
        ChunkCursor cursor, byte* frame, int length, FrameType type, byte flags, ulong word8, ulong word16, long ticks)
    {
        cursor.Cursor = frame + length;
        Seal(frame, length, type, flags, word8, word16, ticks);
        cursor.WriteThrough?.WriteThrough(frame, length);
        return (long)frame + cursor.Bias;
    }

    /// <summary>Fills in the fixed words and commits.</summary>
    private static void Seal(byte* frame, int length, FrameType type, byte flags, ulong word8, ulong word16, long ticks)
    {
        int ticksOffset = FrameTypes.TicksOffset(type);
        if (ticksOffset != 8)
            *(ulong*)(frame + 8) = word8;
        if (FrameTypes.PayloadOffset(type) > 16 && ticksOffset != 16)
            *(ulong*)(frame + 16) = word16;
        uint prefix = FrameHeader.Prefix(length, type, flags);
        uint crc = FrameChecksum.Begin(frame, length, prefix, ticksOffset);
        if (ticksOffset == 0)
        {
            Volatile.Write(ref Unsafe.AsRef<ulong>(frame), prefix | ((ulong)~crc << 32));
            return;
        }
        if (ticks == 0)
            ticks = Stopwatch.GetTimestamp();
        *(long*)(frame + ticksOffset) = ticks;
        Volatile.Write(ref Unsafe.AsRef<ulong>(frame), prefix | ((ulong)FrameChecksum.Finish(crc, ticks) << 32));
    }

    private static long WriteAlone(
        EventLogWriter log, FrameType type, byte flags, ulong word8, ulong word16, ReadOnlySpan<byte> payload, long ticks)
    {
        int payloadOffset = FrameTypes.PayloadOffset(type);
        var cursor = new ChunkCursor();
        if (!log.ClaimChunk(cursor, payloadOffset + payload.Length))
            return 0;
        payload.CopyTo(new Span<byte>(cursor.Cursor + payloadOffset, payload.Length));
        long position = Commit(cursor, cursor.Cursor, payloadOffset + payload.Length, type, flags, word8, word16, ticks);
        cursor.Release();
        return position;
    }
}
