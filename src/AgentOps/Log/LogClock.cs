using System.Diagnostics;

namespace AgentOps.Log;

/// <summary>
/// The wall clock of one log. It goes forward with the system's clock, and never back with it: what happened later is never told
/// as earlier. Thread-safe.
/// </summary>
/// <remarks>
/// While the system's clock is behind, because it was set back or is the slower one, this clock runs a little slower than time
/// until both agree. Readers hold times below the next snapshot, so that even that never turns an order round.
/// </remarks>
internal sealed class LogClock(TimeProvider wallClock)
{
    /// <summary>How much slower it runs, at most: more than clocks drift by.</summary>
    private const double Slowest = 500e-6;

    /// <summary>What two readings may differ by without anybody having set a clock.</summary>
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMilliseconds(100);

    private readonly object _lock = new();
    private volatile Reading? _last;

    private sealed record Reading(ClockSnapshot Snapshot);

    /// <summary>A snapshot to be written to the log. Whatever time is asked for from here on goes by it.</summary>
    public ClockSnapshot Take()
    {
        lock (_lock)
        {
            ClockSnapshot now = ClockSnapshot.Take(wallClock);
            if (_last?.Snapshot is { } last)
            {
                long own = last.ToUtcTicks(now.Ticks) - (long)(Slowest * last.ToTimeSpan(now.Ticks - last.Ticks).Ticks);
                now = now with { UtcTicks = Math.Max(now.UtcTicks, own) };
            }
            _last = new Reading(now);
            return now;
        }
    }

    /// <summary>The time by the last snapshot.</summary>
    /// <param name="now">The time.</param>
    /// <returns><see langword="false"/> if the system's clock went ahead meanwhile, or none was taken: time for another snapshot.</returns>
    public bool TryGetUtcNow(out DateTimeOffset now)
    {
        now = default;
        if (_last?.Snapshot is not { } last)
            return false;
        now = last.ToUtc(Stopwatch.GetTimestamp());
        return wallClock.GetUtcNow() - now < s_tolerance;
    }
}
