using System.Buffers.Binary;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>
/// Tells the calls of one log to a visitor, in the order in which they ended, at the speed of the checksum. A call mostly ends in
/// the chunk it began in, and its end says where its start stands: there it is read, without a table.
/// </summary>
internal sealed class CallScanner(bool writerIsAlive, Guid? wanted, RecordedCallVisitor visit)
{
    private readonly LogTables _tables = new();

    /// <summary>Calls that began in a chunk that is read, and ended in none so far.</summary>
    private readonly Dictionary<long, Opened> _open = [];

    /// <summary>Ends that were read before their start.</summary>
    private readonly Dictionary<long, (long Ticks, byte Flags)> _early = [];

    /// <summary>A bit for each word of the current chunk: a call that began there and has not ended.</summary>
    private ulong[] _begun = new ulong[LogFormat.MaxChunkUnits * LogFormat.UnitBytes / 8 / 64];

    private readonly record struct Opened(uint Site, uint Session, long Ticks);

    public long DamagedFrames { get; private set; }

    public void Add(SegmentReader segment)
    {
        _tables.Enter(segment.Header);
        foreach (Chunk chunk in segment.ReadChunks())
            ReadChunk(segment, chunk);
        DamagedFrames += segment.DamagedFrames;
    }

    /// <summary>Tells what has no end, or whose end was read first.</summary>
    public void Finish()
    {
        foreach ((long position, Opened opened) in _open)
        {
            if (_early.TryGetValue(position, out (long Ticks, byte Flags) end))
                Tell(position, opened, end.Ticks - opened.Ticks, StatusOf(end.Flags));
            else
                Tell(position, opened, -1, writerIsAlive ? EventStatus.Incomplete : EventStatus.Interrupted);
        }
    }

    private void ReadChunk(SegmentReader segment, in Chunk chunk)
    {
        int words = chunk.Bytes.Length / 8;
        if (_begun.Length * 64 < words)
            _begun = new ulong[(words + 63) / 64];
        for (int at = chunk.FirstFrame; ;)
        {
            if (!segment.TryReadFrame(chunk, ref at, out Frame frame))
                break;
            switch (frame.Type)
            {
                case FrameType.CallStart:
                    int word = (int)(frame.Position - chunk.Position) / 8;
                    _begun[word >> 6] |= 1UL << (word & 63);
                    break;
                case FrameType.CallEnd:
                    End(chunk, frame);
                    break;
                default:
                    _tables.Define(frame, segment.Header.Clock);
                    break;
            }
        }
        KeepOpen(chunk, words);
    }

    private void End(in Chunk chunk, in Frame end)
    {
        long span = end.Int64At(8);
        long offset = span - chunk.Position;
        if (offset >= 0 && offset < chunk.Bytes.Length && TakeBegun((int)offset / 8))
        {
            Opened opened = OpenedAt(chunk.Bytes, (int)offset);
            Tell(span, opened, end.Ticks - opened.Ticks, StatusOf(end.Flags));
        }
        else if (_open.Remove(span, out Opened opened))
        {
            Tell(span, opened, end.Ticks - opened.Ticks, StatusOf(end.Flags));
        }
        else
        {
            _early[span] = (end.Ticks, end.Flags);
        }
    }

    private bool TakeBegun(int word)
    {
        ulong bit = 1UL << (word & 63);
        bool begun = (_begun[word >> 6] & bit) != 0;
        _begun[word >> 6] &= ~bit;
        return begun;
    }

    /// <summary>What began in the chunk and goes on outlives it; the bits are cleared for the next one.</summary>
    private void KeepOpen(in Chunk chunk, int words)
    {
        for (int i = 0; i * 64 < words; i++)
        {
            for (ulong bits = _begun[i]; bits != 0; bits &= bits - 1)
            {
                int offset = ((i * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)) * 8;
                _open[chunk.Position + offset] = OpenedAt(chunk.Bytes, offset);
            }
            _begun[i] = 0;
        }
    }

    private static Opened OpenedAt(byte[] chunk, int offset)
    {
        ReadOnlySpan<byte> start = chunk.AsSpan(offset);
        return new Opened(
            BinaryPrimitives.ReadUInt32LittleEndian(start[8..]), BinaryPrimitives.ReadUInt32LittleEndian(start[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(start[24..]));
    }

    private static EventStatus StatusOf(byte flags) => (EventStatus)(flags & FrameFlags.OutcomeMask);

    private void Tell(long position, in Opened call, long elapsed, EventStatus status)
    {
        // Of a further enumeration of a stream the first one is counted.
        if (!_tables.Sessions.TryGetValue(call.Session, out SessionDefinition? session) || (wanted is { } id && session.Id != id)
            || !_tables.Sites.TryGetValue(call.Site, out SiteDefinition? site))
        {
            return;
        }
        visit(new RecordedCall(_tables, site, session.Id, _tables.ClockAt(call.Ticks), position, call.Ticks, elapsed, status));
    }
}
