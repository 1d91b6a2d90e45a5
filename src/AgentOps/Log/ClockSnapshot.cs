using System.Diagnostics;

namespace AgentOps.Log;

/// <summary>
/// One moment seen on both clocks. Events carry monotonic ticks only; wall time is derived from the last snapshot when the
/// log is read, so a stepped system clock never bends a duration.
/// </summary>
internal readonly record struct ClockSnapshot(long Ticks, long UtcTicks, long Frequency, long BootUtcSeconds)
{
    /// <summary>How often both clocks are read to find a moment that nothing came between.</summary>
    private const int Attempts = 4;

    /// <summary>Reads the wall clock between two readings of the other, and takes the closest pair of a few.</summary>
    public static ClockSnapshot Take(TimeProvider wallClock)
    {
        long bestTicks = 0;
        long bestUtc = 0;
        long bestGap = long.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = Stopwatch.GetTimestamp();
            long utc = wallClock.GetUtcNow().UtcTicks;
            long gap = Stopwatch.GetTimestamp() - before;
            if (gap >= bestGap)
                continue;
            (bestTicks, bestUtc, bestGap) = (before + (gap / 2), utc, gap);
        }
        long boot = (bestUtc - (Environment.TickCount64 * TimeSpan.TicksPerMillisecond)) / TimeSpan.TicksPerSecond;
        return new ClockSnapshot(bestTicks, bestUtc, Stopwatch.Frequency, boot);
    }

    /// <summary>The wall time of <paramref name="ticks"/> as seen from this snapshot.</summary>
    public DateTimeOffset ToUtc(long ticks) => new(ToUtcTicks(ticks), TimeSpan.Zero);

    /// <inheritdoc cref="ToUtc"/>
    public long ToUtcTicks(long ticks) => UtcTicks + ToTimeSpan(ticks - Ticks).Ticks;

    /// <summary>The length of <paramref name="ticks"/> clock ticks, to 100 ns.</summary>
    public TimeSpan ToTimeSpan(long ticks) => TimeSpan.FromTicks((long)((Int128)ticks * TimeSpan.TicksPerSecond / Frequency));

    /// <summary>The length of <paramref name="ticks"/> clock ticks in nanoseconds.</summary>
    public long ToNanoseconds(long ticks) => (long)((Int128)ticks * 1_000_000_000 / Frequency);
}
