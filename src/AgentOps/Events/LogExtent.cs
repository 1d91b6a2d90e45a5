namespace AgentOps.Events;

/// <summary>How far one segment has been read.</summary>
internal sealed class SegmentExtent
{
    /// <summary>Where the next frame of each chunk is to be looked for, by the chunk's position.</summary>
    public Dictionary<long, int> Chunks { get; init; } = [];

    /// <summary>Whether it was read to its end, or can never be.</summary>
    public bool IsDone { get; set; }

    /// <summary>Whether it has been read as far as another says.</summary>
    public bool Reaches(SegmentExtent other)
    {
        if (other.IsDone)
            return IsDone;
        foreach ((long chunk, int at) in other.Chunks)
        {
            if (Chunks.GetValueOrDefault(chunk) < at)
                return false;
        }
        return true;
    }
}

/// <summary>How far a log has been read: what was read from it up to here is the same for every reader. Immutable.</summary>
/// <param name="Segments">Each segment that was read, by its file's name.</param>
/// <param name="Unresolved">Positions of frames that were read and wait for another one.</param>
internal sealed record LogExtent(IReadOnlyDictionary<string, SegmentExtent> Segments, IReadOnlySet<long> Unresolved)
{
    /// <summary>Nothing read.</summary>
    public static LogExtent Nothing { get; } = new(new Dictionary<string, SegmentExtent>(), new HashSet<long>());

    public static LogExtent Of(Dictionary<string, SegmentExtent> segments, IEnumerable<long> unresolved)
    {
        var copy = new Dictionary<string, SegmentExtent>(segments.Count, StringComparer.Ordinal);
        foreach ((string name, SegmentExtent segment) in segments)
        {
            copy.Add(name, segment.IsDone
                ? new SegmentExtent { IsDone = true }
                : new SegmentExtent { Chunks = new Dictionary<long, int>(segment.Chunks) });
        }
        return new LogExtent(copy, unresolved.ToHashSet());
    }
}
