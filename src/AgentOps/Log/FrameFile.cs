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
    private readonly List<Run> _missing = [];
    private volatile bool _isMissingAny;
    private volatile string? _problem;

    /// <summary>Bytes of neighbouring frames, or headers, by their offset in the segment.</summary>
    private readonly record struct Run(long Start, long End);

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
            missing = [.. _missing];
            _missing.Clear();
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
        List<long> offsets;
        lock (_lock)
            offsets = _missing.ConvertAll(static run => run.Start);
        offsets.Sort();
        if (offsets is [0, ..])
            offsets = ChunkOffsets();
        long frames = 0;
        long reached = -1;
        foreach (long offset in offsets)
        {
            if (offset < reached)
                continue;
            for (reached = offset; reached < bytes && LengthAt(reached) is > 0 and int length; reached += length)
                frames += IsEvent(*(ulong*)(start + reached)) ? 1 : 0;
        }
        return frames;
    }

    private List<long> ChunkOffsets()
    {
        List<long> offsets = [0];
        for (long offset = LogFormat.UnitBytes; offset < bytes;)
        {
            bool isChunk = *(ulong*)(start + offset) == LogFormat.ChunkMagic;
            if (isChunk)
                offsets.Add(offset);
            offset += isChunk ? *(int*)(start + offset + 20) * (long)LogFormat.UnitBytes : LogFormat.UnitBytes;
        }
        return offsets;
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
            run = run with { Start = run.Start + length };
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
            for (int i = _missing.Count - 1; i >= 0; i--)
            {
                Run other = _missing[i];
                if (other.End != run.Start && other.Start != run.End)
                    continue;
                run = new Run(Math.Min(run.Start, other.Start), Math.Max(run.End, other.End));
                _missing.RemoveAt(i);
            }
            _missing.Add(run);
            _isMissingAny = true;
        }
    }

    private Run? TakeAt(long offset)
    {
        lock (_lock)
            return Take(_missing.FindIndex(run => run.Start == offset));
    }

    private Run? TakeBefore(long offset)
    {
        lock (_lock)
            return Take(_missing.FindIndex(run => run.End == offset));
    }

    private Run? Take(int index)
    {
        if (index < 0)
            return null;
        Run run = _missing[index];
        _missing.RemoveAt(index);
        _isMissingAny = _missing.Count > 0;
        return run;
    }
}
