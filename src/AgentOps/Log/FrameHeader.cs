namespace AgentOps.Log;

/// <summary>The header word of a frame: how long it is, what it is, and the checksum that commits it.</summary>
internal readonly record struct FrameHeader(int Length, FrameType Type, byte Flags, uint Checksum)
{
    /// <summary>The word without its checksum: what the checksum starts with.</summary>
    public static uint Prefix(int length, FrameType type, byte flags) => (uint)(length >> 3) | ((uint)type << 16) | ((uint)flags << 24);

    public static FrameHeader Decode(ulong word) =>
        new((int)(word & 0xFFFF) << 3, (FrameType)(byte)(word >> 16), (byte)(word >> 24), (uint)(word >> 32));
}
