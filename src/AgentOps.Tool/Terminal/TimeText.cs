using System.Globalization;

namespace AgentOps.Tool.Terminal;

/// <summary>Moments in the zone that was asked for.</summary>
internal sealed class TimeText(TimeProvider time, bool isUtc)
{
    public string ZoneName => isUtc ? "UTC" : time.LocalTimeZone.Id;

    public DateTimeOffset Now => In(time.GetUtcNow());

    public string Full(DateTimeOffset moment) => In(moment).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (isUtc ? "Z" : "");

    /// <summary>Without the year, for where there is little room.</summary>
    public string Short(DateTimeOffset moment) => In(moment).ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + (isUtc ? "Z" : "");

    public string Day(DateTimeOffset moment) => In(moment).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Clock(DateTimeOffset moment) => In(moment).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private DateTimeOffset In(DateTimeOffset moment) => isUtc ? moment.ToUniversalTime() : TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);

    /// <summary>A moment that somebody typed: a date, a date with time, or how long ago (<c>90s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>).</summary>
    /// <returns><see langword="null"/> if it is none.</returns>
    public DateTimeOffset? Parse(string text)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount) && amount < 1e6)
        {
            TimeSpan? ago = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(amount),
                'm' => TimeSpan.FromMinutes(amount),
                'h' => TimeSpan.FromHours(amount),
                'd' when amount < 100_000 => TimeSpan.FromDays(amount),
                _ => null,
            };
            if (ago is { } known)
                return time.GetUtcNow() - known;
        }
        string[] formats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"];
        if (DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime wall))
            return new DateTimeOffset(wall, isUtc ? TimeSpan.Zero : time.LocalTimeZone.GetUtcOffset(wall));
        return text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset exact) ? exact : null;
    }
}
