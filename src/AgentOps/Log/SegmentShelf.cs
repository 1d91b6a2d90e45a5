namespace AgentOps.Log;

/// <summary>
/// The segments that this process made and has not deleted yet, oldest first. Guards their memory: a segment is closed, and an
/// address of it followed by anyone who does not hold a chunk, only under its lock.
/// </summary>
internal sealed unsafe class SegmentShelf(LossCounters losses)
{
    private readonly object _lock = new();
    private readonly List<Segment> _segments = [];

    /// <summary>Bytes of the segments whose memory is at hand.</summary>
    public long OpenBytes
    {
        get
        {
            long bytes = 0;
            foreach (Segment segment in All())
                bytes += segment.IsClosed ? 0 : segment.Bytes;
            return bytes;
        }
    }

    public void Add(Segment segment)
    {
        lock (_lock)
            _segments.Add(segment);
    }

    public void Remove(Segment segment)
    {
        lock (_lock)
            _segments.Remove(segment);
    }

    public Segment[] All()
    {
        lock (_lock)
            return [.. _segments];
    }

    /// <summary>Seals and closes the segments that nobody writes to any more.</summary>
    /// <param name="current">
    /// A segment that is, or was a moment ago, the one that is written. Those before it are full, so nobody claims a chunk of them
    /// again; of those behind it nothing is known.
    /// </param>
    /// <param name="flush">Whether to bring them to the disk first.</param>
    /// <param name="maxWaitingBytes">How much memory may wait for files that cannot be written; what is more is given up.</param>
    public void CloseUnused(Segment current, bool flush, long maxWaitingBytes)
    {
        long waiting = 0;
        // The newest first: where a file cannot be written, the newest part is worth the most of what memory there is to wait for it.
        Segment[] segments = All();
        for (int i = segments.Length - 1; i >= 0; i--)
        {
            Segment segment = segments[i];
            if (segment.Number >= current.Number || segment.IsClosed || segment.OpenChunks != 0)
                continue;
            if (!segment.TrySeal())
            {
                waiting += segment.Bytes;
                if (waiting <= maxWaitingBytes)
                    continue;
                losses.Count(LossReason.WriteFailed, segment.GiveUp());
            }
            if (flush)
                TryFlush(segment);
            lock (_lock)
            {
                segment.Close();
            }
        }
    }

    /// <summary>Brings to the files of open segments what could not be written when it was committed.</summary>
    /// <returns>Why something is missing still; <see langword="null"/> if nothing is.</returns>
    public string? CatchUp()
    {
        string? problem = null;
        foreach (Segment segment in All())
        {
            if (!segment.TryCatchUp())
                problem = segment.WriteProblem;
        }
        return problem;
    }

    /// <summary>Counts what is missing in the files up to the current segment's as lost: the log comes to its end.</summary>
    public void GiveUp(Segment current)
    {
        foreach (Segment segment in All())
        {
            if (!segment.IsClosed && segment.Number <= current.Number)
                losses.Count(LossReason.WriteFailed, segment.GiveUp());
        }
    }

    /// <summary>Gives the oldest segment of a log in memory up, if nobody writes to it.</summary>
    /// <param name="current">See <see cref="CloseUnused"/>.</param>
    public bool TryDropOldest(Segment current)
    {
        lock (_lock)
        {
            if (_segments.Count == 0 || _segments[0].Number >= current.Number || _segments[0].OpenChunks != 0)
                return false;
            _segments[0].Close();
            _segments.RemoveAt(0);
        }
        losses.Count(LossReason.SegmentExpired);
        return true;
    }

    /// <summary>Brings the open segments up to the current one to the disk.</summary>
    public void FlushOpen(Segment current)
    {
        foreach (Segment segment in All())
        {
            if (segment.IsClosed || segment.Number > current.Number)
                continue;
            TryFlush(segment);
        }
    }

    private void TryFlush(Segment segment)
    {
        try
        {
            segment.Flush();
        }
        catch (Exception e) when (SegmentFactory.IsFileProblem(e))
        {
            losses.Count(LossReason.FlushFailed);
        }
    }

    /// <summary>Copies bytes of a segment's memory; nothing if it was closed meanwhile.</summary>
    public int Copy(Segment segment, long offset, Span<byte> destination)
    {
        lock (_lock)
        {
            if (segment.IsClosed)
                return 0;
            int count = (int)Math.Clamp(segment.Bytes - offset, 0, destination.Length);
            new ReadOnlySpan<byte>(segment.Start + offset, count).CopyTo(destination);
            return count;
        }
    }

    /// <summary>Two words of the frame at a position, if its segment is at hand.</summary>
    public bool TryReadWords(long position, int firstOffset, int secondOffset, out long first, out long second)
    {
        first = 0;
        second = 0;
        // A fork has no mapped memory.
        if (ForkGuard.IsForked)
            return false;
        lock (_lock)
        {
            for (int i = _segments.Count - 1; i >= 0; i--)
            {
                Segment segment = _segments[i];
                if (segment.IsClosed || position < segment.Position || position >= segment.Position + segment.Bytes)
                    continue;
                byte* frame = segment.Start + (position - segment.Position);
                first = *(long*)(frame + firstOffset);
                second = *(long*)(frame + secondOffset);
                return true;
            }
        }
        return false;
    }
}
