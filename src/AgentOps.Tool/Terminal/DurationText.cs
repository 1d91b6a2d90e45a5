using System.Globalization;

namespace AgentOps.Tool.Terminal;

/// <summary>Durations in three digits, or in minutes and more, so that columns of them can be compared at a glance.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        if (duration.TotalSeconds >= 119.95)
            return Long(duration);
        (double value, string unit) = duration.TotalMilliseconds switch
        {
            < 0.9995 => (duration.TotalMicroseconds, "us"),
            < 999.5 => (duration.TotalMilliseconds, "ms"),
            _ => (duration.TotalSeconds, "s"),
        };
        string format = value switch
        {
            0 => "0",
            < 9.995 => "0.00",
            < 99.95 => "0.0",
            _ => "0",
        };
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }

    public static string Of(TimeSpan? duration, string unknown) => duration is { } known ? Of(known) : unknown;

    private static string Long(TimeSpan duration) => duration switch
    {
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}m {duration.Seconds:00}s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}h {duration.Minutes:00}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalDays}d {duration.Hours:00}h"),
    };
}
