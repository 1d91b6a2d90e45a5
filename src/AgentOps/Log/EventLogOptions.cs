namespace AgentOps.Log;

/// <summary>Where a log goes and how it is cut.</summary>
internal sealed record EventLogOptions
{
    /// <summary>The folder that holds the logs of all applications.</summary>
    public required string Root { get; init; }

    /// <summary>The application's folder below the root.</summary>
    public required string Application { get; init; }

    /// <summary>Small, since it is prepared while the first session starts.</summary>
    public long FirstSegmentBytes { get; init; } = 1 << 20;

    public long SegmentBytes { get; init; } = 8 << 20;

    /// <summary>How much memory stands in for a directory that cannot be written.</summary>
    public long MemoryBytes { get; init; } = 32 << 20;
}
