using System.Buffers.Binary;

namespace AgentOps.Log;

/// <summary>Finds where the frames of one chunk go on behind damage.</summary>
/// <remarks>
/// What looks like a header costs a checksum over as many bytes as it names, so a chunk made to look like headers all over would
/// cost the square of its size. Beyond a multiple of it nothing more is searched: lengths are then taken as they stand.
/// </remarks>
internal sealed class FrameSearch(byte[] bytes)
{
    /// <summary>How often, at most, each byte of a chunk is looked at in search of frames. Damage that nobody made needs a few times.</summary>
    public const int MostLooks = 256;

    private readonly long _most = (long)bytes.Length * MostLooks;

    /// <summary>Bytes that were looked at so far.</summary>
    public long Spent { get; private set; }

    private bool IsSpent => Spent >= _most;

    /// <summary>Asks for a look at some bytes.</summary>
    /// <returns><see langword="false"/> if there were enough of them.</returns>
    public bool TrySpend(int count)
    {
        if (IsSpent)
            return false;
        Spent += count;
        return true;
    }

    /// <summary>Whether a whole frame stands at a place.</summary>
    public static unsafe bool IsFrame(byte[] bytes, int at, ulong word, out FrameHeader header)
    {
        header = FrameHeader.Decode(word);
        if (header.Length < FrameTypes.PayloadOffset(header.Type) || header.Length > bytes.Length - at)
            return false;
        fixed (byte* frame = &bytes[at])
            return FrameChecksum.Of(frame, header.Length, (uint)word, FrameTypes.TicksOffset(header.Type)) == header.Checksum;
    }

    /// <summary>
    /// Where the chunk goes on behind a damaged frame: at its end, if its length is right; else at the next word from which on
    /// a frame with a right checksum stands.
    /// </summary>
    public int NextFrame(int at, in FrameHeader damaged)
    {
        int end = at + damaged.Length;
        if (damaged.Length < 16 || !IsBoundary(end))
            return Find(at + 16, bytes.Length);
        // A damaged length may lead to another boundary by chance, as it does among frames of one size. Then frames stand before
        // it, the last of which ends there; what merely looks like a frame inside a long payload does not.
        for (int next = Find(at + 16, end); next < end; next = Find(next + 8, end))
        {
            if (LeadsTo(next, end))
                return next;
        }
        return end;
    }

    /// <summary>The next frame from <paramref name="at"/> on, of a type that is known; <paramref name="end"/> if there is none before.</summary>
    public int Find(int at, int end)
    {
        for (; at + 8 <= end && !IsSpent; at += 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            if (word != 0 && FrameTypes.IsKnown((FrameType)(byte)(word >> 16)) && Check(at, word, out _))
                return at;
        }
        return end;
    }

    /// <summary>Whether frame follows frame up to a boundary, or to where nothing was committed yet before it.</summary>
    private bool LeadsTo(int at, int end)
    {
        while (at < end)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            if (word == 0)
                return true;
            if (!Check(at, word, out FrameHeader header))
                return false;
            at += header.Length;
        }
        return at == end;
    }

    private bool IsBoundary(int at)
    {
        if (at > bytes.Length - 8)
            return at == bytes.Length || at == bytes.Length - sizeof(ulong);
        ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
        return IsSpent || Check(at, word, out _);
    }

    private bool Check(int at, ulong word, out FrameHeader header)
    {
        bool isFrame = IsFrame(bytes, at, word, out header);
        Spent += header.Length <= bytes.Length - at ? header.Length : sizeof(ulong);
        return isFrame;
    }
}
