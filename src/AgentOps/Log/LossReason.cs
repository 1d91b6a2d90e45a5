namespace AgentOps.Log;

/// <summary>Why something that was to be recorded is not in the log. The names are written to the log as they stand here.</summary>
internal enum LossReason
{
    /// <summary>No segment had room and the next one was not ready.</summary>
    NoSegmentReady,

    /// <summary>A frame could not be written to the file of a log that is not mapped, however often it was tried.</summary>
    WriteFailed,

    /// <summary>A whole segment was deleted to keep the log within its bytes and age; counted by segment.</summary>
    SegmentExpired,

    /// <summary>What was recorded could not be brought to the disk; it is in the system's cache still.</summary>
    FlushFailed,

    /// <summary>A payload was cut at the configured limit; the event itself is there.</summary>
    PayloadTruncated,

    /// <summary>The recorder failed inside; the host did not notice.</summary>
    InternalError,

    /// <summary>The process is a fork of the one whose log it is, and records nothing.</summary>
    ForkedProcess,

    /// <summary>A session method was given something that cannot be recorded.</summary>
    RejectedInput,
}

/// <summary>Counts of what was lost, by reason. Thread-safe.</summary>
internal sealed class LossCounters
{
    // By name, not from the type: what can list and print any enumeration is a large part of a program compiled ahead of time.
    private static readonly string[] s_names =
    [
        nameof(LossReason.NoSegmentReady), nameof(LossReason.WriteFailed), nameof(LossReason.SegmentExpired), nameof(LossReason.FlushFailed),
        nameof(LossReason.PayloadTruncated), nameof(LossReason.InternalError), nameof(LossReason.ForkedProcess), nameof(LossReason.RejectedInput),
    ];

    private readonly long[] _counts = new long[s_names.Length];

    public void Count(LossReason reason, long count = 1) => Interlocked.Add(ref _counts[(int)reason], count);

    public long this[LossReason reason] => Interlocked.Read(ref _counts[(int)reason]);

    public long Total
    {
        get
        {
            long total = 0;
            for (int reason = 0; reason < s_names.Length; reason++)
                total += this[(LossReason)reason];
            return total;
        }
    }

    /// <summary>The reasons that occurred, with their counts.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int reason = 0; reason < s_names.Length; reason++)
        {
            if (this[(LossReason)reason] is > 0 and long count)
                counts.Add(s_names[reason], count);
        }
        return counts;
    }
}
