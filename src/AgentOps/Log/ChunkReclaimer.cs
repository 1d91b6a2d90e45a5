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

    /// <summary>The rest of a chunk; its segment is held for it.</summary>
    private sealed record Leftover(nint Cursor, nint Limit, long Bias, Segment Segment);

    /// <summary>Makes a thread's cursor known. Called by that thread, before it records.</summary>
    public void Register(OwnedCursor cursor) => _newcomers.Enqueue(cursor);

    /// <summary>Gives a writer what another one left of a chunk of the current segment.</summary>
    public bool TryReuse(ChunkCursor cursor, Segment current, int frameBytes)
    {
        while (_leftovers.TryPop(out Leftover? left))
        {
            if (left.Segment != current || left.Limit - left.Cursor < frameBytes)
            {
                left.Segment.Release();
                continue;
            }
            cursor.Take(current, (byte*)left.Cursor, (byte*)left.Limit, left.Bias);
            return true;
        }
        return false;
    }

    /// <summary>Takes back what is to be had.</summary>
    /// <param name="current">The segment that is written now; a silent thread may keep its chunk in it.</param>
    /// <returns>Whether any thread has written since the last time.</returns>
    public bool Reclaim(Segment current)
    {
        bool isActive = false;
        while (_newcomers.TryDequeue(out OwnedCursor? newcomer))
            _cursors.Add(newcomer);

        List<Revoked>? revoked = null;
        foreach (OwnedCursor cursor in _cursors)
        {
            bool dead = !cursor.Owner.IsAlive;
            // The hold first: if the segment is already that of a later hold, ending this one fails.
            long hold = cursor.Hold;
            Segment? segment = cursor.Segment;
            if (!cursor.WasIdle())
                isActive = true;
            else if (!dead)
                cursor.ForgetContext();
            if (dead || (hold != 0 && segment != current))
                (revoked ??= []).Add(new Revoked(cursor, hold, segment, (nint)cursor.Revoke(), dead));
        }
        if (revoked is null)
            return isActive;
        Interlocked.MemoryBarrierProcessWide();
        foreach (Revoked taken in revoked)
        {
            if (taken.IsDead)
                _cursors.Remove(taken.Cursor);
            else if (Volatile.Read(ref taken.Cursor.Busy) != 0 || taken.Cursor.Limit != null)
                continue; // It finishes its frame, or has claimed a chunk that was not seen here. The next look finds it either way.
            if (!taken.Cursor.TryEnd(taken.Hold))
                continue;
            if (taken.IsDead && taken.Segment == current && taken.Limit - (nint)taken.Cursor.Cursor >= WorthKeeping)
                _leftovers.Push(new Leftover((nint)taken.Cursor.Cursor, taken.Limit, taken.Cursor.Bias, current));
            else
                taken.Segment!.Release();
        }
        return isActive;
    }

    private sealed record Revoked(OwnedCursor Cursor, long Hold, Segment? Segment, nint Limit, bool IsDead);

    /// <summary>Lets go of what nobody has come for in segments that are no longer written.</summary>
    public void DropLeftovers(Segment current)
    {
        if (_leftovers.IsEmpty)
            return;
        var kept = new List<Leftover>();
        while (_leftovers.TryPop(out Leftover? left))
        {
            if (left.Segment == current)
                kept.Add(left);
            else
                left.Segment.Release();
        }
        if (kept.Count > 0)
            _leftovers.PushRange([.. kept]);
    }
}
