namespace AgentOps;

/// <summary>Where the recorder writes to.</summary>
public enum RecorderMode
{
    /// <summary>No session was started yet.</summary>
    NotStarted,

    /// <summary>To mapped files: what was recorded survives the death of the process.</summary>
    Mapped,

    /// <summary>To files, with a system call an event, because they cannot be mapped: survives as well, and is slower.</summary>
    Written,

    /// <summary>To memory, because no log directory could be written: lost when the process ends.</summary>
    Memory,
}

/// <summary>How the recorder fares at one moment: where it writes, what it lost and why.</summary>
public sealed record RecorderHealth
{
    /// <summary>Where the recorder writes to.</summary>
    public required RecorderMode Mode { get; init; }

    /// <summary>The last thing that went wrong, with what to do about it; <see langword="null"/> if nothing did.</summary>
    public required string? Problem { get; init; }

    /// <summary>What is wrong with the log itself at this moment, with what to do about it; <see langword="null"/> if nothing is.</summary>
    public string? LogProblem { get; init; }

    /// <summary>The directory of this process's log; <see langword="null"/> before the first session and in memory mode.</summary>
    public required string? LogDirectory { get; init; }

    /// <summary>What was lost so far, by reason. Empty when nothing was.</summary>
    public required IReadOnlyDictionary<string, long> Losses { get; init; }

    /// <summary>
    /// Calls to recorded methods that ran outside any session and so were not recorded. A lower bound if such calls race each
    /// other; whether it is zero is exact.
    /// </summary>
    public required long CallsWithoutSession { get; init; }

    /// <summary>Sessions that are open now.</summary>
    public required int OpenSessions { get; init; }

    /// <summary>The health of this process's recorder now.</summary>
    public static RecorderHealth Current => Recorder.GetHealth();

    /// <summary>Events that are missing from the log altogether.</summary>
    public long DroppedEvents =>
        Losses.GetValueOrDefault(nameof(Log.LossReason.NoSegmentReady))
        + Losses.GetValueOrDefault(nameof(Log.LossReason.WriteFailed))
        + Losses.GetValueOrDefault(nameof(Log.LossReason.ForkedProcess));
}
