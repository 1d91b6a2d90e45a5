using System.Buffers.Binary;

namespace AgentOps.Log;

/// <summary>A committed frame whose checksum is right.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Flags">The flags of its header.</param>
/// <param name="Position">Where it stands in the log.</param>
/// <param name="Bytes">The whole frame, header word included.</param>
internal readonly record struct Frame(FrameType Type, byte Flags, long Position, ReadOnlyMemory<byte> Bytes)
{
    public ReadOnlyMemory<byte> Payload => Bytes[FrameTypes.PayloadOffset(Type)..];

    public uint UInt32At(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span[offset..]);

    public long Int64At(int offset) => BinaryPrimitives.ReadInt64LittleEndian(Bytes.Span[offset..]);

    public long Ticks => Int64At(FrameTypes.TicksOffset(Type));
}

/// <summary>A run of units that one writer claimed, as it was when it was read.</summary>
/// <param name="Bytes">Its bytes, header included.</param>
/// <param name="Position">Where it stands in the log.</param>
/// <param name="FirstFrame">Where its frames begin.</param>
internal readonly record struct Chunk(byte[] Bytes, long Position, int FirstFrame);

/// <summary>What the header of a segment says.</summary>
internal sealed record SegmentHeader(ulong LogKey, long Position, long Bytes, int UnitBytes, int Number, ClockSnapshot Clock, int ProcessId);

/// <summary>
/// Reads the chunks of one segment, live or dead, and counts what is damaged in them. Safe on any bytes: nothing that stands in
/// the segment makes it throw, hang or read beyond.
/// </summary>
internal sealed class SegmentReader
{
    /// <summary>Units of the largest frame with its chunk header.</summary>
    private const int MaxUnits = (LogFormat.MaxFrameBytes / LogFormat.UnitBytes) + 2;

    private readonly SegmentSource _source;

    private SegmentReader(SegmentSource source, SegmentHeader header)
    {
        _source = source;
        Header = header;
    }

    public SegmentHeader Header { get; }

    /// <summary>Frames and chunk headers that were damaged and passed over so far.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>Whether the writer said that nothing more will come.</summary>
    public bool IsSealed
    {
        get
        {
            Span<byte> seal = stackalloc byte[4];
            return _source.Read(124, seal) == 4 && BinaryPrimitives.ReadUInt32LittleEndian(seal) == 1;
        }
    }

    /// <summary>Reads the header.</summary>
    /// <returns><see langword="null"/> for a segment that was prepared and never written to.</returns>
    /// <exception cref="InvalidDataException">The bytes are no segment, or one of a newer major version.</exception>
    public static SegmentReader? Open(SegmentSource source)
    {
        Span<byte> header = stackalloc byte[LogFormat.SegmentHeaderBytes];
        int read = source.Read(0, header);
        if (read == 0 || header[..read].IndexOfAnyExcept((byte)0) < 0)
            return null;
        if (read < header.Length || BinaryPrimitives.ReadUInt64LittleEndian(header) != LogFormat.SegmentMagic)
            throw new InvalidDataException($"'{source.Name}' is not an AgentOps log segment. Point the reader at a directory that AgentOps wrote.");
        ushort major = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        if (major > LogFormat.Major)
        {
            throw new InvalidDataException(
                $"'{source.Name}' has log format {major}; this reader knows up to {LogFormat.Major}. Read it with a newer version of AgentOps.");
        }
        if (Crc32C.Compute(header[8..120]) != BinaryPrimitives.ReadUInt32LittleEndian(header[120..]))
            throw new InvalidDataException($"The header of '{source.Name}' is damaged (checksum). The segment cannot be read.");
        var parsed = new SegmentHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[32..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[44..]),
            new ClockSnapshot(
                BinaryPrimitives.ReadInt64LittleEndian(header[48..]),
                BinaryPrimitives.ReadInt64LittleEndian(header[56..]),
                BinaryPrimitives.ReadInt64LittleEndian(header[64..]),
                BinaryPrimitives.ReadInt64LittleEndian(header[72..])),
            BinaryPrimitives.ReadInt32LittleEndian(header[80..]));
        if (parsed.UnitBytes != LogFormat.UnitBytes || parsed.Clock.Frequency <= 0)
            throw new InvalidDataException($"The header of '{source.Name}' names a unit size or clock that no version uses. The segment cannot be read.");
        return new SegmentReader(source, parsed);
    }

    /// <summary>The chunks that somebody has claimed, in their order in the segment.</summary>
    public IEnumerable<Chunk> ReadChunks()
    {
        long length = Math.Min(_source.Length, Header.Bytes);
        for (long offset = 0; offset < length;)
        {
            (UnitState state, int units) = ReadUnitHeader(offset, length);
            if (state == UnitState.Damaged)
            {
                DamagedFrames++;
                // The chunk goes on at most to where another one begins.
                while (offset + ((long)units * LogFormat.UnitBytes) < length
                    && ReadUnitHeader(offset + ((long)units * LogFormat.UnitBytes), length).State == UnitState.Damaged)
                {
                    units++;
                }
            }
            if (state != UnitState.Unclaimed)
                yield return ReadChunk(offset, units);
            offset += (long)units * LogFormat.UnitBytes;
        }
    }

    /// <summary>The frames of a chunk, one after the other.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="at">Where to look; then where to look next.</param>
    /// <param name="frame">The frame.</param>
    /// <returns><see langword="false"/> at the first word that nobody has committed yet.</returns>
    public bool TryReadFrame(in Chunk chunk, ref int at, out Frame frame)
    {
        byte[] bytes = chunk.Bytes;
        while (at + 8 <= bytes.Length)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            if (word == 0)
                break;
            if (IsFrame(bytes, at, word, out FrameHeader header))
            {
                frame = new Frame(header.Type, header.Flags, chunk.Position + at, bytes.AsMemory(at, header.Length));
                at += header.Length;
                return true;
            }
            DamagedFrames++;
            at = NextFrame(bytes, at, header);
        }
        frame = default;
        return false;
    }

    private enum UnitState
    {
        Unclaimed,
        Claimed,
        Damaged,
    }

    private (UnitState State, int Units) ReadUnitHeader(long offset, long length)
    {
        if (offset == 0)
            return (UnitState.Claimed, 1);
        Span<byte> header = stackalloc byte[LogFormat.ChunkHeaderBytes];
        if (_source.Read(offset, header) < header.Length || header.IndexOfAnyExcept((byte)0) < 0)
            return (UnitState.Unclaimed, 1);
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (magic == 0)
            return (UnitState.Unclaimed, 1); // Claimed this moment: its header is not committed yet.
        int units = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        bool whole = magic == LogFormat.ChunkMagic
            && BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == Header.Position + offset
            && units is >= 1 and <= MaxUnits
            && offset + ((long)units * LogFormat.UnitBytes) <= Math.Max(length, offset + LogFormat.UnitBytes);
        return whole ? (UnitState.Claimed, units) : (UnitState.Damaged, 1);
    }

    private Chunk ReadChunk(long offset, int units)
    {
        byte[] bytes = new byte[units * LogFormat.UnitBytes];
        int read = _source.Read(offset, bytes) & ~7;
        return new Chunk(
            read == bytes.Length ? bytes : bytes[..read],
            Header.Position + offset,
            offset == 0 ? LogFormat.SegmentHeaderBytes : LogFormat.ChunkHeaderBytes);
    }

    private static unsafe bool IsFrame(byte[] bytes, int at, ulong word, out FrameHeader header)
    {
        header = FrameHeader.Decode(word);
        if (header.Length < FrameTypes.PayloadOffset(header.Type) || header.Length > bytes.Length - at)
            return false;
        fixed (byte* frame = &bytes[at])
            return FrameChecksum.Of(frame, header.Length, (uint)word, FrameTypes.TicksOffset(header.Type)) == header.Checksum;
    }

    /// <summary>
    /// Where the chunk goes on behind a damaged frame: at its end, if its length is right; else at the next word from which on
    /// everything is a frame whose checksum is right.
    /// </summary>
    private static int NextFrame(byte[] bytes, int at, in FrameHeader damaged)
    {
        int end = at + damaged.Length;
        if (damaged.Length >= 16 && IsBoundary(bytes, end))
            return end;
        for (at += 16; at + 8 <= bytes.Length; at += 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            if (word != 0 && FrameTypes.IsKnown((FrameType)(byte)(word >> 16)) && IsFrame(bytes, at, word, out _))
                return at;
        }
        return bytes.Length;
    }

    private static bool IsBoundary(byte[] bytes, int at)
    {
        if (at > bytes.Length - 8)
            return at == bytes.Length || at == bytes.Length - sizeof(ulong);
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
        return IsFrame(bytes, at, word, out _);
    }
}
