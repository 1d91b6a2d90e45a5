namespace AgentOps.Log;

/// <summary>
/// The one writer's place in a chunk. A chunk belongs to one thread (or to one lock), so nothing inside it is atomic but the
/// store that commits a frame.
/// </summary>
internal unsafe class ChunkCursor
{
    /// <summary>Where the next frame goes; null until a chunk is claimed.</summary>
    public byte* Cursor;

    /// <summary>One past the chunk's last byte.</summary>
    public byte* Limit;

    /// <summary>Position in the log minus address, so that an address becomes a span id by one addition.</summary>
    public long Bias;
}
