namespace AgentOps.Log;

/// <summary>
/// The layout of the event log, version 1.0. All integers are little endian, every frame starts on an 8-byte boundary.
/// </summary>
/// <remarks>
/// <code>
/// directory   &lt;root&gt;/&lt;app&gt;/&lt;utc start&gt;-&lt;pid&gt;-&lt;log key&gt;/  000000.seg 000001.seg … lock
///
/// segment     unit 0 | unit 1 | …                              each UnitBytes long
///             a chunk is a run of units that one writer claimed; chunk 0 opens with the segment header, every
///             other one with a chunk header; a unit that nobody claimed is zero
///
/// segment header (128 bytes)
///   +0  u64 magic (written last)      +8  u16 major, u16 minor, u32 header bytes
///   +16 u64 log key                   +24 i64 position of the segment's first byte in the log
///   +32 i64 segment bytes             +40 i32 unit bytes, i32 segment number
///   +48 i64 clock ticks               +56 i64 UTC (100 ns since 0001-01-01)
///   +64 i64 ticks per second          +72 i64 boot time in UTC, seconds
///   +80 i32 process id, i32 zero      +88 … +120 zero
///   +120 u32 CRC32C of bytes 8…119    +124 u32 sealed: 1 once nothing more will be written
///
/// chunk header (64 bytes)
///   +0  u64 magic (written last)      +8  i64 position of the chunk in the log
///   +16 i32 managed thread id         +20 i32 units in this chunk
///   +24 i64 clock ticks               +32 … zero
///
/// frame
///   +0  header word, written last with one aligned 8-byte store = commit; zero = nothing more in this chunk yet
///         bits 0-15 length in 8-byte words | 16-23 type | 24-31 flags | 32-63 CRC32C
///   +8  words of the frame's type (see FrameType), then its payload, zero padded
///
/// CRC32C      see FrameChecksum
/// span id     position in the log of the frame that starts the event
/// </code>
/// </remarks>
internal static class LogFormat
{
    public const ushort Major = 1;
    public const ushort Minor = 0;

    /// <summary>"AOPSLOG1" read as a little-endian word.</summary>
    public const ulong SegmentMagic = 0x31474F4C53504F41;

    /// <summary>"AOPSCHNK" read as a little-endian word.</summary>
    public const ulong ChunkMagic = 0x4B4E484353504F41;

    public const int SegmentHeaderBytes = 128;
    public const int ChunkHeaderBytes = 64;
    public const int UnitBytes = 16 * 1024;

    /// <summary>What a thread that records much claims at once. Its first chunk is one unit, so that many short-lived threads waste little.</summary>
    public const int MaxChunkUnits = 4;

    /// <summary>The 16-bit length counts words, so a frame ends below this.</summary>
    public const int MaxFrameBytes = ushort.MaxValue * 8;

    public const string SegmentExtension = ".seg";
    public const string LockFileName = "lock";

    public static string SegmentFileName(int number) => number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture) + SegmentExtension;

    /// <summary>The number in the name of a segment's file; <see langword="null"/> if it is none.</summary>
    public static int? NumberOfSegment(string fileName) =>
        fileName.EndsWith(SegmentExtension, StringComparison.Ordinal)
        && int.TryParse(fileName.AsSpan(0, fileName.Length - SegmentExtension.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    /// <summary>Units of the smallest chunk that has room for a frame, and for the word behind its frames.</summary>
    public static int UnitsOf(int frameBytes) => (frameBytes + ChunkHeaderBytes + sizeof(ulong) + UnitBytes - 1) / UnitBytes;

    public static int Align(int bytes) => (bytes + 7) & ~7;
}
