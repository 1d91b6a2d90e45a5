using System.Numerics;

namespace AgentOps.Metrics;

/// <summary>
/// Durations counted in buckets whose width grows with the duration: each power of two nanoseconds has sixteen of equal width, so a
/// quantile is off by at most 3.2 % of its value, whatever the range. Histograms of threads, processes and days can be merged, and
/// the result is the same as if all durations had been counted in one.
/// </summary>
/// <remarks>
/// Not thread-safe for writing. The buckets are those of HdrHistogram with one significant hexadecimal digit: below 32 ns they are
/// exact. A histogram takes memory for the buckets up to its longest duration: 4 KB for a minute.
/// </remarks>
public sealed partial class LatencyHistogram
{
    private const int SubBucketBits = 4;
    private const int SubBuckets = 1 << SubBucketBits;

    private long[] _counts = [];
    private long _min = long.MaxValue;
    private long _max;
    private Int128 _sum;

    /// <summary>How many durations were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The shortest, exactly; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Min => Count == 0 ? null : ToTimeSpan(_min);

    /// <summary>The longest, exactly; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Max => Count == 0 ? null : ToTimeSpan(_max);

    /// <summary>The mean, exactly; <see langword="null"/> if there is none.</summary>
    public TimeSpan? Mean => Count == 0 ? null : ToTimeSpan((long)(_sum / Count));

    /// <summary>Counts a duration.</summary>
    /// <param name="nanoseconds">Its length; a negative one, which no monotonic clock gives, counts as zero.</param>
    public void Record(long nanoseconds)
    {
        long value = Math.Max(0, nanoseconds);
        int bucket = BucketOf(value);
        if (bucket >= _counts.Length)
            Array.Resize(ref _counts, RoomFor(bucket));
        _counts[bucket]++;
        Count++;
        _sum += value;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
    }

    /// <summary>Counts a duration.</summary>
    public void Record(TimeSpan duration) =>
        Record(duration.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick ? long.MaxValue : duration.Ticks * TimeSpan.NanosecondsPerTick);

    /// <summary>Adds what another one counted.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public void Merge(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._counts.Length > _counts.Length)
            Array.Resize(ref _counts, other._counts.Length);
        for (int i = 0; i < other._counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        _sum += other._sum;
        _min = Math.Min(_min, other._min);
        _max = Math.Max(_max, other._max);
    }

    /// <summary>The duration that a share of all does not exceed, by nearest rank.</summary>
    /// <param name="share">From 0 to 1: 0.5 is the median. 0 gives the shortest and 1 the longest, exactly.</param>
    /// <returns>Within 3.2 % of the exact value; <see langword="null"/> if nothing was counted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public TimeSpan? Quantile(double share)
    {
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A quantile is a share from 0 to 1; 0.5 is the median.");
        if (Count == 0)
            return null;
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        if (rank >= Count)
            return Max;
        if (share == 0)
            return Min;
        long seen = 0;
        int bucket = 0;
        while ((seen += _counts[bucket]) < rank)
            bucket++;
        return ToTimeSpan(Math.Clamp(MiddleOf(bucket), _min, _max));
    }

    /// <summary>The buckets that are not empty, as upper bound in nanoseconds and count, by rising bound: for charts and for storage.</summary>
    public IEnumerable<KeyValuePair<long, long>> Buckets
    {
        get
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                if (_counts[i] != 0)
                    yield return new(LowerBoundOf(i) + WidthOf(i) - 1, _counts[i]);
            }
        }
    }

    /// <summary>
    /// Values of fewer bits than a sub-bucket has are their own bucket; of the others the leading one and the bits behind it name the bucket.
    /// </summary>
    internal static int BucketOf(long value)
    {
        int magnitude = 63 - BitOperations.LeadingZeroCount((ulong)value | 1);
        if (magnitude < SubBucketBits)
            return (int)value;
        int shift = magnitude - SubBucketBits;
        return (shift << SubBucketBits) + (int)(value >> shift);
    }

    internal static long LowerBoundOf(int bucket)
    {
        int shift = ShiftOf(bucket);
        return (long)(bucket - (shift << SubBucketBits)) << shift;
    }

    internal static long WidthOf(int bucket) => 1L << ShiftOf(bucket);

    private static int ShiftOf(int bucket) => bucket < 2 * SubBuckets ? 0 : (bucket >> SubBucketBits) - 1;

    private static long MiddleOf(int bucket) => LowerBoundOf(bucket) + ((WidthOf(bucket) - 1) / 2);

    /// <summary>Room for whole powers of two, so that growing is rare.</summary>
    private static int RoomFor(int bucket) => (bucket / SubBuckets * SubBuckets) + SubBuckets;

    /// <summary>Rounded to the nearest tick of 100 ns.</summary>
    private static TimeSpan ToTimeSpan(long nanoseconds) =>
        TimeSpan.FromTicks((nanoseconds / TimeSpan.NanosecondsPerTick) + (nanoseconds % TimeSpan.NanosecondsPerTick >= TimeSpan.NanosecondsPerTick / 2 ? 1 : 0));
}
