namespace AgentOps.Log;

/// <summary>
/// The one writer's place in a chunk. A chunk belongs to one thread (or to one lock), so nothing inside it is atomic but the
/// store that commits a frame.
/// </summary>
internal unsafe class ChunkCursor
{
    /// <summary>Where the next frame goes.</summary>
    public byte* Cursor;

    /// <summary>
    /// One past the last byte that frames may use; <see langword="null"/> without a chunk. A word behind it always belongs to the
    /// chunk still, so that whoever writes a payload in place may zero the word behind it.
    /// </summary>
    /// <remarks>
    /// Whoever takes a chunk away clears it under the owner, so every read is a fresh one and every write is seen after what came before
    /// it. A number rather than a pointer: a pointer could be read so only where it is pinned, which costs the path of every call.
    /// </remarks>
    public byte* Limit
    {
        get => (byte*)Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, (nint)value);
    }

    /// <summary>
    /// The limit that came with the chunk. Nobody clears this one: whoever has begun a frame may fill its chunk to the end, though
    /// <see cref="Limit"/> is taken away meanwhile.
    /// </summary>
    public byte* End { get; private set; }

    /// <summary>Position in the log minus address, so that an address becomes a span id by one addition.</summary>
    public long Bias;

    /// <summary>The segment of the chunk; see <see cref="Hold"/>.</summary>
    public Segment? Segment;

    /// <summary>Takes every committed frame to the file where the memory is not mapped to it; otherwise <see langword="null"/>.</summary>
    public Segment? WriteThrough;

    /// <summary>How many units the next chunk has: a writer that comes back for more gets more.</summary>
    public int NextUnits = 1;

    /// <summary>All ones, and zero in a fork; see <see cref="ForkGuard"/>.</summary>
    protected readonly nuint* Alive = ForkGuard.Alive;

    private static long s_holds;

    private nint _limit;
    private long _hold;

    /// <summary>How many bytes frames may still take here; none without a chunk, and none in a fork.</summary>
    public long Room => (byte*)((nuint)Limit & *Alive) - Cursor;

    /// <summary>
    /// The writer's hold on its segment, which is neither closed nor deleted meanwhile; 0 for none. No two holds have one number,
    /// so that whoever lets go of a hold that he saw earlier never ends a later one.
    /// </summary>
    public long Hold => Volatile.Read(ref _hold);

    /// <summary>Takes over a claimed chunk of a segment, or the rest of one.</summary>
    /// <param name="segment">The segment, held for this.</param>
    /// <param name="next">Where the next frame goes.</param>
    /// <param name="end">One past the last byte that frames may use.</param>
    /// <param name="bias">Position in the log minus address.</param>
    public void Take(Segment segment, byte* next, byte* end, long bias)
    {
        Segment = segment;
        WriteThrough = segment.Storage == SegmentStorage.Written ? segment : null;
        Cursor = next;
        Bias = bias;
        End = end;
        Volatile.Write(ref _hold, Interlocked.Increment(ref s_holds));
        Limit = end;
    }

    /// <summary>Gives the chunk up and lets go of its segment, if it is held: from then on the memory may be gone at any moment.</summary>
    public void Release()
    {
        Limit = null;
        End = null;
        if (Interlocked.Exchange(ref _hold, 0) != 0)
            Segment!.Release();
    }

    /// <summary>Ends a hold that was seen earlier, if it is still the same. Whoever does has to release the segment.</summary>
    public bool TryEnd(long hold) => hold != 0 && Interlocked.CompareExchange(ref _hold, 0, hold) == hold;
}
