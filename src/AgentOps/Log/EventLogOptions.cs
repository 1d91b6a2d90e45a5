namespace AgentOps.Log;

/// <summary>Where a log goes, how it is cut, and how much of it is kept.</summary>
internal sealed record EventLogOptions
{
    /// <summary>The folder that holds the logs of all applications.</summary>
    public required string Root { get; init; }

    /// <summary>
    /// What stands in for a root that cannot be written, in a place where everybody may create folders; <see langword="null"/> if
    /// nothing does.
    /// </summary>
    public string? FallbackRoot { get; init; }

    /// <summary>The application's folder below the root.</summary>
    public required string Application { get; init; }

    /// <summary>Small, since it is prepared while the first session starts.</summary>
    public long FirstSegmentBytes { get; init; } = 1 << 20;

    public long SegmentBytes { get; init; } = 8 << 20;

    /// <summary>How long the second segment is put off, unless the first one fills: many programs are done sooner.</summary>
    public TimeSpan SpareDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The smallest segment that is tried when the disk has no room for a whole one.</summary>
    public long MinSegmentBytes { get; init; } = 256 << 10;

    /// <summary>How much memory stands in for a directory that cannot be written, or waits, full, for files that cannot be at the moment.</summary>
    public long MemoryBytes { get; init; } = 32 << 20;

    /// <summary>How much of the application's logs is kept, those of earlier processes included.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>How long logs are kept.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How often what was recorded is brought to the disk itself; <see langword="null"/> leaves it to the system.</summary>
    public TimeSpan? FlushInterval { get; init; }

    /// <summary>The storage to use; <see langword="null"/> for the best that works.</summary>
    public SegmentStorage? Storage { get; init; }

    /// <summary>How often the background thread looks around.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    public LogFiles Files { get; init; } = LogFiles.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
