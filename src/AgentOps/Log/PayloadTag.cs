namespace AgentOps.Log;

/// <summary>
/// First byte of every value in a payload. A payload is a sequence of values that ends at the first zero byte, so the padding of
/// a frame needs no length, and whatever was cut off closes by itself.
/// </summary>
internal enum PayloadTag : byte
{
    End = 0,
    Null = 1,
    False = 2,
    True = 3,

    /// <summary>Zigzag LEB128.</summary>
    Int64 = 4,

    /// <summary>LEB128.</summary>
    UInt64 = 5,

    /// <summary>8 bytes, IEEE 754.</summary>
    Double = 6,

    /// <summary>4 bytes, IEEE 754.</summary>
    Single = 7,

    /// <summary>16 bytes as <see cref="decimal.GetBits(decimal)"/> orders them.</summary>
    Decimal = 8,

    /// <summary>LEB128 byte count, UTF-8.</summary>
    String = 9,

    /// <summary>LEB128 count of all UTF-8 bytes, LEB128 count of those kept, UTF-8.</summary>
    CutString = 10,

    /// <summary>8 bytes of 100 ns since 0001-01-01, one byte <see cref="DateTimeKind"/>.</summary>
    DateTime = 11,

    /// <summary>8 bytes of UTC in 100 ns, 2 bytes offset in minutes.</summary>
    DateTimeOffset = 12,

    /// <summary>8 bytes of 100 ns.</summary>
    TimeSpan = 13,

    /// <summary>4 bytes of days since 0001-01-01.</summary>
    DateOnly = 14,

    /// <summary>8 bytes of 100 ns since midnight.</summary>
    TimeOnly = 15,

    /// <summary>16 bytes, big endian.</summary>
    Guid = 16,

    /// <summary>Values up to <see cref="Close"/>.</summary>
    Array = 17,

    /// <summary><see cref="Name"/> and value, by turns, up to <see cref="Close"/>.</summary>
    Object = 18,

    Close = 19,

    /// <summary>A value that was there and is kept out of the record.</summary>
    Redacted = 20,

    /// <summary>A value that cannot be recorded; a string with its type's name follows in the same form as <see cref="String"/>.</summary>
    Opaque = 21,

    /// <summary>Reading the value threw; the exception's type name follows.</summary>
    Failed = 22,

    /// <summary>Items that were left out, LEB128.</summary>
    Omitted = 23,

    /// <summary>LEB128 byte count, bytes.</summary>
    Bytes = 24,

    /// <summary>The agent whose method was called, LEB128; only ever the first value of a call's arguments.</summary>
    Agent = 25,

    /// <summary>JSON text, LEB128 byte count, UTF-8.</summary>
    Json = 26,

    /// <summary>The name of the value that follows: LEB128 byte count, UTF-8.</summary>
    Name = 27,
}
