using System.Collections.Concurrent;

namespace AgentOps.Log;

/// <summary>
/// Takes chunks back from threads that died or fell silent: so that segments can be sealed, and so that what is left of a chunk
/// serves another thread. Runs on the log's background thread.
/// </summary>
internal sealed unsafe class ChunkReclaimer
{
    /// <summary>What is left of a chunk is worth keeping from here on.</summary>
    private const int WorthKeeping = 2048;

    private readonly ConcurrentQueue<OwnedCursor> _newcomers = new();
    private readonly List<OwnedCursor> _cursors = [];
    private readonly ConcurrentStack<Leftover> _leftovers = new();

    private sealed record Leftover(nint Cursor, nint Limit, long Bias, ChunkLease Lease);

    /// <summary>Makes a thread's cursor known. Called by that thread, before it records.</summary>
    public void Register(OwnedCursor cursor) => _newcomers.Enqueue(cursor);

    /// <summary>Gives a writer what another one left of a chunk of the current segment.</summary>
    public bool TryReuse(ChunkCursor cursor, Segment current, int frameBytes)
    {
        while (_leftovers.TryPop(out Leftover? left))
        {
            if (left.Lease.Segment != current || left.Limit - left.Cursor < frameBytes)
            {
                left.Lease.End();
                continue;
            }
            cursor.Cursor = (byte*)left.Cursor;
            cursor.Bias = left.Bias;
            cursor.WriteThrough = current.Storage == SegmentStorage.Written ? current : null;
            cursor.Lease = left.Lease;
            cursor.Limit = (byte*)left.Limit;
            return true;
        }
        return false;
    }

    /// <summary>Takes back what is to be had.</summary>
    /// <param name="current">The segment that is written now; a silent thread may keep its chunk in it.</param>
    public void Reclaim(Segment current)
    {
        while (_newcomers.TryDequeue(out OwnedCursor? newcomer))
            _cursors.Add(newcomer);

        List<(OwnedCursor Cursor, ChunkLease? Lease, nint Limit, bool IsDead)>? revoked = null;
        foreach (OwnedCursor cursor in _cursors)
        {
            bool dead = !cursor.Owner.IsAlive;
            ChunkLease? lease = cursor.Lease;
            if (!dead && cursor.WasIdle())
                cursor.ForgetContext();
            if (dead || (lease is not null && cursor.Limit != null && lease.Segment != current))
                (revoked ??= []).Add((cursor, lease, (nint)cursor.Revoke(), dead));
        }
        if (revoked is null)
            return;
        Interlocked.MemoryBarrierProcessWide();
        foreach ((OwnedCursor cursor, ChunkLease? lease, nint limit, bool dead) in revoked)
        {
            if (dead)
                _cursors.Remove(cursor);
            else if (Volatile.Read(ref cursor.Busy) != 0)
                continue; // It finishes its frame, finds no chunk next time, and lets go of this one itself.
            if (lease is null)
                continue;
            if (dead && lease.Segment == current && limit - (nint)cursor.Cursor >= WorthKeeping)
                _leftovers.Push(new Leftover((nint)cursor.Cursor, limit, cursor.Bias, lease));
            else
                lease.End();
        }
    }

    /// <summary>Lets go of what nobody has come for in segments that are no longer written.</summary>
    public void DropLeftovers(Segment current)
    {
        if (_leftovers.IsEmpty)
            return;
        var kept = new List<Leftover>();
        while (_leftovers.TryPop(out Leftover? left))
        {
            if (left.Lease.Segment == current)
                kept.Add(left);
            else
                left.Lease.End();
        }
        if (kept.Count > 0)
            _leftovers.PushRange([.. kept]);
    }
}
