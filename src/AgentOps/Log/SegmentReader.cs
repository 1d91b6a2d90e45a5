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

/// <summary>What the header of a segment says.</summary>
internal sealed record SegmentHeader(ulong LogKey, long Position, long Bytes, int ChunkBytes, int Number, ClockSnapshot Clock, int ProcessId);

/// <summary>
/// Reads the frames of one segment, live or dead. Stops at the first uncommitted word of a chunk and goes on with the next
/// chunk; a complete frame with a wrong checksum is passed over and counted.
/// </summary>
internal sealed class SegmentReader
{
    private readonly SegmentSource _source;

    private SegmentReader(SegmentSource source, SegmentHeader header)
    {
        _source = source;
        Header = header;
    }

    public SegmentHeader Header { get; }

    /// <summary>Frames, or rests of chunks, that were damaged and passed over so far.</summary>
    public long DamagedFrames { get; private set; }

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
        if (parsed.ChunkBytes != LogFormat.ChunkBytes || parsed.Clock.Frequency <= 0)
            throw new InvalidDataException($"The header of '{source.Name}' names a chunk size or clock that no version uses. The segment cannot be read.");
        return new SegmentReader(source, parsed);
    }

    public IEnumerable<Frame> ReadFrames()
    {
        long length = Math.Min(_source.Length, Header.Bytes);
        for (long offset = 0; offset < length;)
        {
            int chunks = 1;
            byte[]? bytes = ReadChunk(offset, ref chunks);
            if (bytes is not null)
            {
                int start = offset == 0 ? LogFormat.SegmentHeaderBytes : LogFormat.ChunkHeaderBytes;
                for (int at = start; TryReadFrame(bytes, ref at, Header.Position + offset, out Frame? frame);)
                {
                    if (frame is { } committed)
                        yield return committed;
                }
            }
            offset += (long)chunks * LogFormat.ChunkBytes;
        }
    }

    /// <summary>The bytes of a claimed chunk, or run of chunks; <see langword="null"/> if nobody has claimed it.</summary>
    private byte[]? ReadChunk(long offset, ref int chunks)
    {
        if (offset > 0)
        {
            Span<byte> header = stackalloc byte[LogFormat.ChunkHeaderBytes];
            if (_source.Read(offset, header) < header.Length || BinaryPrimitives.ReadUInt64LittleEndian(header) != LogFormat.ChunkMagic)
                return null;
            if (BinaryPrimitives.ReadInt64LittleEndian(header[8..]) != Header.Position + offset)
            {
                DamagedFrames++;
                return null;
            }
            chunks = Math.Clamp(BinaryPrimitives.ReadInt32LittleEndian(header[20..]), 1, (LogFormat.MaxFrameBytes / LogFormat.ChunkBytes) + 2);
        }
        byte[] bytes = new byte[chunks * LogFormat.ChunkBytes];
        int read = _source.Read(offset, bytes);
        return read == bytes.Length ? bytes : bytes[..(read & ~7)];
    }

    private bool TryReadFrame(byte[] chunk, ref int at, long chunkPosition, out Frame? frame)
    {
        frame = null;
        if (at + 8 > chunk.Length)
            return false;
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(chunk.AsSpan(at));
        if (word == 0)
            return false;
        FrameHeader header = FrameHeader.Decode(word);
        if (header.Length < FrameTypes.PayloadOffset(header.Type) || at + header.Length > chunk.Length)
        {
            // A length that cannot be leads nowhere: the rest of this chunk, and only that, is lost.
            DamagedFrames++;
            return false;
        }
        ReadOnlySpan<byte> bytes = chunk.AsSpan(at, header.Length);
        if (FrameHeader.ComputeChecksum(bytes, (uint)word, FrameTypes.TicksOffset(header.Type)) == header.Checksum)
            frame = new Frame(header.Type, header.Flags, chunkPosition + at, chunk.AsMemory(at, header.Length));
        else
            DamagedFrames++;
        at += header.Length;
        return true;
    }
}
