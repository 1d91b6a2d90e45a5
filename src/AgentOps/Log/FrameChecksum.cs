using System.Numerics;
using System.Runtime.CompilerServices;

namespace AgentOps.Log;

/// <summary>
/// The checksum of frames: CRC-32C over the header's low half, then over all words in an order of its own. The ticks word comes
/// last, so that a writer folds everything else before it asks the clock and waits for one step only.
/// </summary>
/// <remarks>
/// One chain takes three cycles a word, whatever the machine. A long frame runs three chains side by side, over its words by
/// turns, and folds the second and the third into the first.
/// </remarks>
internal static unsafe class FrameChecksum
{
    /// <summary>From how many words behind the header three chains are run.</summary>
    public const int LongWords = 32;

    /// <summary>Everything but the ticks word: what <see cref="Finish"/> goes on from.</summary>
    /// <param name="frame">The frame; its words behind the header are in place, except the ticks.</param>
    /// <param name="length">Its length in bytes, a multiple of eight.</param>
    /// <param name="prefix">The low half of its header word.</param>
    /// <param name="ticksOffset">Where its ticks stand; 0 if it has none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Begin(byte* frame, int length, uint prefix, int ticksOffset)
    {
        uint crc = BitOperations.Crc32C(~0u, prefix);
        if (length > (LongWords * 8) + 8)
            return BeginLong(frame, length, crc, ticksOffset);
        for (int offset = 8; offset < length; offset += 8)
        {
            if (offset != ticksOffset)
                crc = BitOperations.Crc32C(crc, *(ulong*)(frame + offset));
        }
        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Step(uint crc, uint prefix) => BitOperations.Crc32C(crc, prefix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Step(uint crc, ulong word) => BitOperations.Crc32C(crc, word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Finish(uint crc, long ticks) => ~BitOperations.Crc32C(crc, (ulong)ticks);

    /// <summary>The checksum that a complete frame must have.</summary>
    public static uint Of(byte* frame, int length, uint prefix, int ticksOffset)
    {
        uint crc = Begin(frame, length, prefix, ticksOffset);
        return ticksOffset == 0 ? ~crc : Finish(crc, *(long*)(frame + ticksOffset));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint BeginLong(byte* frame, int length, uint crc, int ticksOffset)
    {
        // The fixed words first, so that the payload that the chains share starts at the same place in every type of frame.
        for (int offset = 8; offset < 32; offset += 8)
        {
            if (offset != ticksOffset)
                crc = BitOperations.Crc32C(crc, *(ulong*)(frame + offset));
        }
        uint second = ~0u;
        uint third = ~0u;
        byte* at = frame + 32;
        byte* end = frame + length;
        for (; at + 24 <= end; at += 24)
        {
            crc = BitOperations.Crc32C(crc, *(ulong*)at);
            second = BitOperations.Crc32C(second, *(ulong*)(at + 8));
            third = BitOperations.Crc32C(third, *(ulong*)(at + 16));
        }
        for (; at < end; at += 8)
            crc = BitOperations.Crc32C(crc, *(ulong*)at);
        return BitOperations.Crc32C(crc, second | ((ulong)third << 32));
    }
}
