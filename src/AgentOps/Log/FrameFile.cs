namespace AgentOps.Log;

/// <summary>
/// The file of a segment that is not mapped: every frame is written to it when it is committed. What cannot be written then is
/// kept in mind, and tried again with the next frame of its chunk and by the log's background thread. Thread-safe.
/// </summary>
/// <remarks>
/// A reader stops at the first frame of a chunk that is missing, whatever stands behind it. So a chunk is brought up to date in
/// order, frame by frame, each as it would have been written at first.
/// </remarks>
internal sealed unsafe class FrameFile(LogFiles files, FileStream file, byte* start, long bytes)
{
    private const int PageBytes = 4096;

    private readonly object _lock = new();

    // By their offsets. Replaced, not changed: a plain array, because a list of a struct of our own would be compiled into every program.
    private Run[] _missing = [];
    private volatile bool _isMissingAny;
    private volatile string? _problem;

    /// <summary>Bytes of neighbouring frames, or headers, by their offset in the segment.</summary>
    private readonly struct Run(long start, long end)
    {
        public long Start { get; } = start;

        public long End { get; } = end;
    }

    /// <summary>Why frames are missing in the file at the moment; <see langword="null"/> if none are.</summary>
    public string? Problem => _isMissingAny ? _problem : null;

    /// <summary>Writes what was committed this moment, and before it what is missing in front of it.</summary>
    public void Write(byte* frame, int count)
    {
        long offset = frame - start;
        if (!_isMissingAny)
        {
            if (!TryWrite(offset, count))
                Keep(new Run(offset, offset + count));
            return;
        }
        // Without the segment's header nothing in it can be read, so whoever writes next tries that again.
        if (TakeAt(0) is { } first)
            Bring(first);
        Bring(new Run(TakeBefore(offset) is { } before ? before.Start : offset, offset + count));
    }

    /// <summary>Writes what is missing.</summary>
    /// <returns>Whether nothing is missing any more.</returns>
    public bool TryCatchUp()
    {
        if (!_isMissingAny)
            return true;
        Run[] missing;
        lock (_lock)
        {
            missing = _missing;
            _missing = [];
            _isMissingAny = false;
        }
        bool isWhole = true;
        foreach (Run run in missing)
            isWhole &= Bring(run);
        return isWhole;
    }

    /// <summary>Writes a frame, a header or another word of the segment.</summary>
    /// <remarks>
    /// A process may be killed between two pages of one write. So what reaches into another page goes there before its first word,
    /// which commits it. So does a header: what is cut off inside a header makes all behind it unreadable, not one frame.
    /// </remarks>
    public bool TryWrite(long offset, int count)
    {
        try
        {
            byte* source = start + offset;
            if (offset / PageBytes != (offset + count - 1) / PageBytes || *(ulong*)source is LogFormat.SegmentMagic or LogFormat.ChunkMagic)
            {
                files.Write(file, new ReadOnlySpan<byte>(source + sizeof(ulong), count - sizeof(ulong)), offset + sizeof(ulong));
                count = sizeof(ulong);
            }
            files.Write(file, new ReadOnlySpan<byte>(source, count), offset);
            return true;
        }
        catch (Exception e) when (e is ObjectDisposedException || SegmentFactory.IsFileProblem(e))
        {
            _problem = e.Message;
            return false;
        }
    }

    /// <summary>
    /// How many frames a reader does not find because of what is missing: that itself, and what stands behind it in its chunk.
    /// The log's own clock and losses do not count: what is said later says the same, and more.
    /// </summary>
    public long CountUnreadable()
    {
        Run[] missing;
        lock (_lock)
            missing = _missing;
        if (missing.Length > 0 && missing[0].Start == 0)
            return CountAll();
        long frames = 0;
        long reached = -1;
        foreach (Run run in missing)
        {
            if (run.Start >= reached)
                frames += CountFrom(run.Start, out reached);
        }
        return frames;
    }

    /// <summary>The events of all chunks.</summary>
    private long CountAll()
    {
        long frames = CountFrom(0, out _);
        for (long offset = LogFormat.UnitBytes; offset < bytes;)
        {
            bool isChunk = *(ulong*)(start + offset) == LogFormat.ChunkMagic;
            if (isChunk)
                frames += CountFrom(offset, out _);
            offset += isChunk ? *(int*)(start + offset + 20) * (long)LogFormat.UnitBytes : LogFormat.UnitBytes;
        }
        return frames;
    }

    /// <summary>The events from an offset to the end of its chunk.</summary>
    private long CountFrom(long offset, out long end)
    {
        long frames = 0;
        for (end = offset; end < bytes && LengthAt(end) is > 0 and int length; end += length)
            frames += IsEvent(*(ulong*)(start + end)) ? 1 : 0;
        return frames;
    }

    private static bool IsEvent(ulong word) =>
        word is not (LogFormat.SegmentMagic or LogFormat.ChunkMagic) && FrameHeader.Decode(word).Type is not (FrameType.Clock or FrameType.Loss);

    /// <summary>Writes a run's frames in order, and keeps the rest in mind from the first one that fails.</summary>
    private bool Bring(Run run)
    {
        while (run.Start < run.End)
        {
            int length = LengthAt(run.Start);
            if (!TryWrite(run.Start, length))
            {
                Keep(run);
                return false;
            }
            run = new Run(run.Start + length, run.End);
        }
        return true;
    }

    private int LengthAt(long offset) => *(ulong*)(start + offset) switch
    {
        LogFormat.SegmentMagic => LogFormat.SegmentHeaderBytes,
        LogFormat.ChunkMagic => LogFormat.ChunkHeaderBytes,
        ulong word => FrameHeader.Decode(word).Length,
    };

    /// <summary>Adds a run, as one with those it touches. Runs of two chunks never touch: a word stays free behind a chunk's frames.</summary>
    private void Keep(Run run)
    {
        lock (_lock)
        {
            for (int i = _missing.Length - 1; i >= 0; i--)
            {
                Run other = _missing[i];
                if (other.End != run.Start && other.Start != run.End)
                    continue;
                run = new Run(Math.Min(run.Start, other.Start), Math.Max(run.End, other.End));
                Remove(i);
            }
            Insert(run);
            _isMissingAny = true;
        }
    }

    private Run? TakeAt(long offset)
    {
        lock (_lock)
        {
            for (int i = 0; i < _missing.Length; i++)
            {
                if (_missing[i].Start == offset)
                    return Take(i);
            }
        }
        return null;
    }

    private Run? TakeBefore(long offset)
    {
        lock (_lock)
        {
            for (int i = 0; i < _missing.Length; i++)
            {
                if (_missing[i].End == offset)
                    return Take(i);
            }
        }
        return null;
    }

    private Run Take(int index)
    {
        Run run = _missing[index];
        Remove(index);
        _isMissingAny = _missing.Length > 0;
        return run;
    }

    private void Remove(int index)
    {
        var fewer = new Run[_missing.Length - 1];
        Array.Copy(_missing, fewer, index);
        Array.Copy(_missing, index + 1, fewer, index, fewer.Length - index);
        _missing = fewer;
    }

    private void Insert(Run run)
    {
        int index = 0;
        while (index < _missing.Length && _missing[index].Start < run.Start)
            index++;
        var more = new Run[_missing.Length + 1];
        Array.Copy(_missing, more, index);
        more[index] = run;
        Array.Copy(_missing, index, more, index + 1, _missing.Length - index);
        _missing = more;
    }
}
