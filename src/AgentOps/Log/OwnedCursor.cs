
namespace AgentOps.Log;

/// <summary>A thread's cursor, whose chunk can be taken from it while it does not write.</summary>
/// <remarks>
/// The owner raises <see cref="Busy"/>, then reads the limit; the reclaimer clears the limit, has every processor pass a barrier,
/// then reads <see cref="Busy"/>. Whoever comes second sees the other, so the owner needs no barrier of its own.
/// </remarks>
internal unsafe class OwnedCursor : ChunkCursor
{
    /// <summary>Not zero while the owner may touch the chunk.</summary>
    public int Busy;

    private byte* _lastSeen;

    public Thread Owner { get; } = Thread.CurrentThread;

    /// <summary>Whether the owner has written nothing since the last time this was asked.</summary>
    public bool WasIdle()
    {
        byte* cursor = Cursor;
        bool idle = cursor == _lastSeen;
        _lastSeen = cursor;
        return idle;
    }

    /// <summary>Takes the chunk away for the owner's next look at it. Says nothing of what the owner does now.</summary>
    /// <returns>The limit that stood there.</returns>
    public byte* Revoke()
    {
        byte* limit = Limit;
        Limit = null;
        return limit;
    }

    /// <summary>Called by the reclaimer for a thread that records nothing at the moment, so that it keeps nothing of the host alive.</summary>
    public virtual void ForgetContext()
    {
    }
}
