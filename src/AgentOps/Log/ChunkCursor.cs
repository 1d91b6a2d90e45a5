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

    /// <summary>Keeps the chunk's segment from being unmapped and deleted.</summary>
    public ChunkLease? Lease;

    /// <summary>Takes every committed frame to the file where the memory is not mapped to it; otherwise <see langword="null"/>.</summary>
    public Segment? WriteThrough;

    /// <summary>How many units the next chunk has: a writer that comes back for more gets more.</summary>
    public int NextUnits = 1;
}

/// <summary>One writer's hold on a segment; a new one for each chunk.</summary>
internal sealed class ChunkLease(Segment segment)
{
    private int _ended;

    public Segment Segment { get; } = segment;

    /// <summary>Lets go of the segment, once, whoever says it first.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            Segment.Release();
    }
}
