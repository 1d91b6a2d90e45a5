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
/// <param name="IsSearched">Whether its extent is a guess, so that frames are looked for behind empty words too.</param>
internal readonly record struct Chunk(byte[] Bytes, long Position, int FirstFrame, bool IsSearched)
{
    /// <summary>Finds the way behind what is damaged in it.</summary>
    public FrameSearch Search { get; } = new(Bytes);
}

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
    /// <returns>
    /// <see langword="null"/> for a segment that nothing was committed to: it is being prepared, its writer died then, or it was
    /// cut off inside its header.
    /// </returns>
    /// <exception cref="InvalidDataException">The bytes are no segment, or one of a newer major version, or its header is damaged or lost.</exception>
    public static SegmentReader? Open(SegmentSource source)
    {
        Span<byte> header = stackalloc byte[LogFormat.SegmentHeaderBytes];
        int read = source.Read(0, header);
        Span<byte> magic = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(magic, LogFormat.SegmentMagic);
        ReadOnlySpan<byte> begin = header[..Math.Min(read, magic.Length)];
        if (begin.IndexOfAnyExcept((byte)0) < 0)
        {
            if (!IsAnythingBehindHeader(source))
                return null;
            // Again: it may have been prepared this moment.
            source.Read(0, header);
            if (begin.IndexOfAnyExcept((byte)0) < 0)
                throw new InvalidDataException($"The header of '{source.Name}' is lost, and what stands behind it cannot be read without.");
        }
        if (!magic.StartsWith(begin))
            throw new InvalidDataException($"'{source.Name}' is not an AgentOps log segment. Point the reader at a directory that AgentOps wrote.");
        if (read < header.Length)
            return null;
        // Again, now that its first word is there: what was committed during the first copy may have come in any order.
        source.Read(0, header);
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
        long behind = 0;
        for (long offset = 0; offset < length;)
        {
            (UnitState state, int units) = ReadUnitHeader(offset);
            if (state == UnitState.Damaged && ClaimedMeanwhile(behind, offset) is { } begin)
            {
                offset = begin;
                continue;
            }
            if (state == UnitState.Damaged && IsGone(offset))
                yield break;
            if (state != UnitState.Unclaimed)
            {
                int extent = ExtentOf(offset, state, units, length);
                bool isDamaged = state == UnitState.Damaged || extent != units;
                if (isDamaged)
                    DamagedFrames++;
                units = extent;
                yield return ReadChunk(offset, units, isDamaged);
                behind = offset + ((long)units * LogFormat.UnitBytes);
            }
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
            {
                if (!chunk.IsSearched)
                    break;
                at = chunk.Search.Find(at + 8, bytes.Length);
                continue;
            }
            bool isFrame = FrameSearch.IsFrame(bytes, at, word, out FrameHeader header);
            if (!isFrame && header.Length >= sizeof(ulong) && header.Length <= bytes.Length - at && chunk.Search.TrySpend(header.Length))
            {
                if (!ReadAgain(chunk, at, header.Length))
                    break;
                isFrame = FrameSearch.IsFrame(bytes, at, word, out header);
            }
            if (isFrame)
            {
                frame = new Frame(header.Type, header.Flags, chunk.Position + at, bytes.AsMemory(at, header.Length));
                at += header.Length;
                return true;
            }
            DamagedFrames++;
            at = chunk.Search.NextFrame(at, header);
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

    private (UnitState State, int Units) ReadUnitHeader(long offset)
    {
        if (offset == 0)
            return (UnitState.Claimed, 1);
        (UnitState State, int Units) unit = LookAtUnit(offset);
        // A copy is made in any order, so what was committed during it may have come with its first word only.
        return unit.State == UnitState.Damaged ? LookAtUnit(offset) : unit;
    }

    private (UnitState State, int Units) LookAtUnit(long offset)
    {
        Span<byte> header = stackalloc byte[LogFormat.ChunkHeaderBytes];
        if (_source.Read(offset, header) < header.Length)
            return (UnitState.Unclaimed, 1);
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (magic == 0)
            return (UnitState.Unclaimed, 1); // Perhaps claimed this moment: its header is not committed yet.
        int units = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        bool whole = magic == LogFormat.ChunkMagic
            && BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == Header.Position + offset
            && units is >= 1 and <= MaxUnits
            && offset + ((long)units * LogFormat.UnitBytes) <= Header.Bytes;
        return whole ? (UnitState.Claimed, units) : (UnitState.Damaged, 1);
    }

    /// <summary>
    /// Where a chunk begins that reaches over a unit which looked unclaimed before it: its writer committed its header between two
    /// looks, and what seemed damaged is its middle.
    /// </summary>
    private long? ClaimedMeanwhile(long from, long offset)
    {
        for (long begin = Math.Max(from, offset - ((long)MaxUnits * LogFormat.UnitBytes)); begin < offset; begin += LogFormat.UnitBytes)
        {
            (UnitState state, int units) = ReadUnitHeader(begin);
            if (state == UnitState.Claimed && begin + ((long)units * LogFormat.UnitBytes) > offset)
                return begin;
        }
        return null;
    }

    /// <summary>
    /// How many units a chunk really has. The header says it, and its neighbours confirm it: no other chunk begins inside, and
    /// behind it stands another one or nothing. Where they do not, it goes on to where another one begins.
    /// </summary>
    private int ExtentOf(long offset, UnitState state, int units, long length)
    {
        bool isTrusted = state == UnitState.Claimed;
        int extent = 1;
        for (; extent < MaxUnits && offset + ((long)extent * LogFormat.UnitBytes) < length; extent++)
        {
            UnitState next = ReadUnitHeader(offset + ((long)extent * LogFormat.UnitBytes)).State;
            if (next == UnitState.Claimed)
                return extent;
            if (isTrusted && extent >= units)
            {
                if (next == UnitState.Unclaimed)
                    return units;
                isTrusted = false;
            }
        }
        return isTrusted ? units : extent;
    }

    private static bool IsAnythingBehindHeader(SegmentSource source)
    {
        byte[] buffer = new byte[LogFormat.UnitBytes];
        int read;
        for (long offset = LogFormat.SegmentHeaderBytes; (read = source.Read(offset, buffer)) > 0; offset += read)
        {
            if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return true;
        }
        return false;
    }

    /// <summary>Whether the bytes that stood here were given up since: a segment in memory was dropped, a file cut off.</summary>
    private bool IsGone(long offset)
    {
        Span<byte> one = stackalloc byte[1];
        return _source.Read(offset, one) == 0;
    }

    /// <summary>
    /// Copies a frame anew whose first word was there when the chunk was copied: copies are made in any order, so the rest of a
    /// frame that was committed meanwhile may be missing from the first one.
    /// </summary>
    /// <returns><see langword="false"/> if the segment was given up meanwhile.</returns>
    private bool ReadAgain(in Chunk chunk, int at, int length)
    {
        Span<byte> frame = chunk.Bytes.AsSpan(at, length);
        int read = _source.Read(chunk.Position - Header.Position + at, frame);
        return read == length || !IsGone(chunk.Position - Header.Position + at);
    }

    private Chunk ReadChunk(long offset, int units, bool isSearched)
    {
        byte[] bytes = new byte[units * LogFormat.UnitBytes];
        int read = _source.Read(offset, bytes) & ~7;
        return new Chunk(
            read == bytes.Length ? bytes : bytes[..read],
            Header.Position + offset,
            offset == 0 ? LogFormat.SegmentHeaderBytes : LogFormat.ChunkHeaderBytes,
            isSearched);
    }
}
