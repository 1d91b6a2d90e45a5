using System.Globalization;

namespace AgentOps.Server.Pages;

/// <summary>The time that a page looks at, in buckets that begin where the clock has them: <c>15:00</c>, not <c>14:32</c>.</summary>
public sealed record Period(string Key, string Label, DateTimeOffset From, DateTimeOffset To, TimeSpan Bucket)
{
    private static readonly (string Key, string Label, TimeSpan Bucket, int Buckets)[] s_fixed =
    [
        ("1h", "Last hour", TimeSpan.FromMinutes(1), 60),
        ("24h", "Last 24 h", TimeSpan.FromHours(1), 24),
        ("7d", "Last 7 days", TimeSpan.FromHours(6), 28),
        ("30d", "Last 30 days", TimeSpan.FromDays(1), 30),
    ];

    private static readonly TimeSpan[] s_buckets =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    public static IEnumerable<(string Key, string Label, string Buckets)> Choices => s_fixed.Select(static p => (p.Key, p.Label, $"{NameOf(p.Bucket)} buckets"));

    public int Buckets => (int)((To - From) / Bucket);

    public TimeSpan Length => To - From;

    /// <summary>The same length of time before.</summary>
    public Period Before => this with { From = From - Length, To = From };

    public string BucketName => NameOf(Bucket);

    /// <summary>For "vs previous …".</summary>
    public string ShortLength => Key switch { "1h" => "hour", "24h" => "24 h", "7d" => "7 days", "30d" => "30 days", _ => "period" };

    /// <summary>Whether the last bucket is not over.</summary>
    public bool IsLastPartial(DateTimeOffset now) => now < To;

    public string Range(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{From:dd MMM HH:mm} – {(now < To && now > From ? now : To):dd MMM HH:mm} UTC");

    public string BucketLabel(int bucket)
    {
        DateTimeOffset at = From + (bucket * Bucket);
        return at.ToString(Bucket < TimeSpan.FromHours(6) ? "HH:mm" : Bucket < TimeSpan.FromDays(1) ? "dd MMM HH:mm" : "dd MMM", CultureInfo.InvariantCulture);
    }

    /// <param name="key">One of the fixed ones.</param>
    /// <param name="from">The start of one of one's own, which goes before.</param>
    /// <param name="to">Its end.</param>
    /// <param name="now">The time now.</param>
    public static Period Of(string? key, string? from, string? to, DateTimeOffset now)
    {
        if (Moment(from) is { } start && (Moment(to) ?? now) is { } end && end > start)
        {
            TimeSpan bucket = s_buckets.FirstOrDefault(b => (end - start) / b <= 48, s_buckets[^1]);
            DateTimeOffset first = Floor(start, bucket);
            return new Period("custom", "Custom", first, Ceiling(end, bucket), bucket);
        }
        (string Key, string Label, TimeSpan Bucket, int Buckets) chosen = s_fixed.FirstOrDefault(p => p.Key == key, s_fixed[1]);
        DateTimeOffset last = Ceiling(now, chosen.Bucket);
        return new Period(chosen.Key, chosen.Label, last - (chosen.Buckets * chosen.Bucket), last, chosen.Bucket);
    }

    /// <summary>For "per …".</summary>
    private static string NameOf(TimeSpan bucket) => bucket == TimeSpan.FromMinutes(1) ? "minute" : bucket == TimeSpan.FromHours(1) ? "hour" : bucket == TimeSpan.FromDays(1) ? "day" : bucket.TotalDays >= 1 ? $"{bucket.TotalDays:0} d" : bucket.TotalHours >= 1 ? $"{bucket.TotalHours:0} h" : $"{bucket.TotalMinutes:0} min";

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at) && at.Year is >= 2000 and < 2100 ? at : null;

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan bucket) => new(at.UtcTicks / bucket.Ticks * bucket.Ticks, TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset at, TimeSpan bucket) => Floor(at.AddTicks(bucket.Ticks - 1), bucket);
}
