using System.Buffers.Binary;

namespace AgentOps.Log;

/// <summary>
/// Event ids: a UUID of version 8 (RFC 9562, section 5.8) made of the log's key and the event's position in it, so that an id
/// costs nothing to make, is unique among all logs, and leads back to its frame.
/// </summary>
/// <remarks><c>key bits 59…12 | 8 | key bits 11…0 | 10 | 62 bits of position</c></remarks>
internal static class EventIds
{
    public static Guid Create(ulong logKey, long position)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((logKey >> 12) << 16) | 0x8000 | (logKey & 0xFFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 0x8000_0000_0000_0000 | (ulong)position);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The position behind an id of the log with this key.</summary>
    /// <returns><see langword="false"/> if the id is of another log or no event id at all.</returns>
    public static bool TryGetPosition(Guid id, ulong logKey, out long position)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        position = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) & 0x3FFF_FFFF_FFFF_FFFF);
        return Create(logKey, position) == id;
    }
}
