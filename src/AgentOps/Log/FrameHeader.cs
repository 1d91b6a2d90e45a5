using System.Buffers.Binary;
using System.Numerics;

namespace AgentOps.Log;

/// <summary>The header word of a frame: how long it is, what it is, and the checksum that commits it.</summary>
internal readonly record struct FrameHeader(int Length, FrameType Type, byte Flags, uint Checksum)
{
    /// <summary>The word without its checksum: what the checksum starts with.</summary>
    public static uint Prefix(int length, FrameType type, byte flags) => (uint)(length >> 3) | ((uint)type << 16) | ((uint)flags << 24);

    public static FrameHeader Decode(ulong word) =>
        new((int)(word & 0xFFFF) << 3, (FrameType)(word >> 16), (byte)(word >> 24), (uint)(word >> 32));

    /// <summary>CRC32C of a whole frame, the header's own checksum excluded.</summary>
    /// <param name="frame">The frame from its header word on; its length is a multiple of eight.</param>
    /// <param name="prefix">The header's low 32 bits.</param>
    /// <param name="ticksOffset">Where the ticks word stands, 0 if there is none; it is fed last, so a writer need not wait for its clock.</param>
    public static uint ComputeChecksum(ReadOnlySpan<byte> frame, uint prefix, int ticksOffset)
    {
        uint crc = BitOperations.Crc32C(~0u, prefix);
        for (int offset = 8; offset < frame.Length; offset += 8)
        {
            if (offset != ticksOffset)
                crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(frame[offset..]));
        }
        if (ticksOffset != 0)
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(frame[ticksOffset..]));
        return ~crc;
    }
}
