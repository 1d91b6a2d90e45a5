namespace AgentOps.Log;

/// <summary>
/// Low byte of the first word of every value in a payload; the upper 56 bits of that word are the value's <em>info</em>. A payload
/// is a sequence of 8-byte words that ends at the first zero word, so the padding of a frame needs no length, and whatever was
/// cut off closes by itself. Texts and bytes follow their word and are zero padded to the next.
/// </summary>
/// <remarks>
/// Words rather than bytes: a small value is one aligned store, which the checksum then loads back without waiting for it.
/// </remarks>
internal enum PayloadTag : byte
{
    End = 0,
    Null = 1,
    False = 2,
    True = 3,

    /// <summary>Info: a signed integer of 56 bits.</summary>
    Int56 = 4,

    /// <summary>A word: a signed integer.</summary>
    Int64 = 5,

    /// <summary>A word: an unsigned integer.</summary>
    UInt64 = 6,

    /// <summary>Info: IEEE 754 bits.</summary>
    Single = 7,

    /// <summary>A word: IEEE 754 bits.</summary>
    Double = 8,

    /// <summary>Two words: the four integers of <see cref="decimal.GetBits(decimal)"/> in their order.</summary>
    Decimal = 9,

    /// <summary>Info: one UTF-16 code unit.</summary>
    Char = 10,

    /// <summary>Info: byte count. UTF-8.</summary>
    String = 11,

    /// <summary>Info: count of the bytes that were kept. A word: count of all bytes. UTF-8.</summary>
    CutString = 12,

    /// <summary>Info: <see cref="DateTimeKind"/>. A word: 100 ns since 0001-01-01.</summary>
    DateTime = 13,

    /// <summary>Info: offset in minutes, signed. A word: UTC, 100 ns since 0001-01-01.</summary>
    DateTimeOffset = 14,

    /// <summary>A word: 100 ns.</summary>
    TimeSpan = 15,

    /// <summary>Info: days since 0001-01-01.</summary>
    DateOnly = 16,

    /// <summary>A word: 100 ns since midnight.</summary>
    TimeOnly = 17,

    /// <summary>Two words: 16 bytes, big endian.</summary>
    Guid = 18,

    /// <summary>Values up to <see cref="Close"/>.</summary>
    Array = 19,

    /// <summary><see cref="Name"/> or <see cref="NameText"/> and value, by turns, up to <see cref="Close"/>.</summary>
    Object = 20,

    Close = 21,

    /// <summary>Info: 56 bits of a keyed digest, or 0. A value that was there and is kept out of the record.</summary>
    Redacted = 22,

    /// <summary>Info: byte count. The name of a type whose values cannot be recorded, UTF-8.</summary>
    Opaque = 23,

    /// <summary>Info: byte count. Reading the value threw; the exception's type name, UTF-8.</summary>
    Failed = 24,

    /// <summary>Info: how many items were left out.</summary>
    Omitted = 25,

    /// <summary>Info: byte count. Bytes.</summary>
    Bytes = 26,

    /// <summary>Info: byte count. JSON text on one line, for numbers that no other form keeps, UTF-8.</summary>
    Json = 27,

    /// <summary>Info: number of a text that a <see cref="FrameType.Text"/> frame defines. The name of the value that follows.</summary>
    Name = 28,

    /// <summary>Info: byte count. The name of the value that follows, UTF-8.</summary>
    NameText = 29,

    /// <summary>Info: number of the agent whose method was called; only ever the first value of a call's arguments.</summary>
    Agent = 30,

    /// <summary>Info: count of the bytes that were kept. A word: count of all bytes. Bytes.</summary>
    CutBytes = 31,

    /// <summary>Info: byte count. The model that is asked, UTF-8; only ever before a call's arguments.</summary>
    Model = 32,
}

/// <summary>The first words of values.</summary>
internal static class PayloadWord
{
    private const int InfoShift = 8;
    private const long MaxInt56 = (1L << 55) - 1;
    private const long MinInt56 = -(1L << 55);

    public static ulong Of(PayloadTag tag, long info = 0) => (byte)tag | ((ulong)info << InfoShift);

    /// <summary>Whether an integer fits the info of a word.</summary>
    public static bool FitsInfo(long value) => value is >= MinInt56 and <= MaxInt56;

    public static PayloadTag TagOf(ulong word) => (PayloadTag)word;

    /// <summary>The info as a signed number.</summary>
    public static long InfoOf(ulong word) => (long)word >> InfoShift;
}
