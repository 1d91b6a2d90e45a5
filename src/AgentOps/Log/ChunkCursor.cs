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
    public byte* Limit;

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

    private long _hold;

    /// <summary>How many bytes frames may still take here; none without a chunk, and none in a fork.</summary>
    public long Room => (byte*)((nuint)Limit & *Alive) - Cursor;

    /// <summary>
    /// The writer's hold on its segment, which is neither closed nor deleted meanwhile; 0 for none. No two holds have one number,
    /// so that whoever lets go of a hold that he saw earlier never ends a later one.
    /// </summary>
    public long Hold => Volatile.Read(ref _hold);

    /// <summary>Takes over a claimed chunk of a segment.</summary>
    public void Take(Segment segment)
    {
        Segment = segment;
        WriteThrough = segment.Storage == SegmentStorage.Written ? segment : null;
        Volatile.Write(ref _hold, Interlocked.Increment(ref s_holds));
    }

    /// <summary>Lets go of the segment, if it is held.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _hold, 0) != 0)
            Segment!.Release();
    }

    /// <summary>Ends a hold that was seen earlier, if it is still the same. Whoever does has to release the segment.</summary>
    public bool TryEnd(long hold) => hold != 0 && Interlocked.CompareExchange(ref _hold, 0, hold) == hold;
}
