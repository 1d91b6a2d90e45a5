using System.Globalization;

namespace ResearchAgent.Terminal;

/// <summary>Durations in three digits, so that columns of them can be compared at a glance.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        double milliseconds = duration.TotalMilliseconds;
        (double value, string unit) = milliseconds < 999.5 ? (milliseconds, "ms") : (duration.TotalSeconds, " s");
        string format = value switch
        {
            < 9.995 => "0.00",
            < 99.95 => "0.0",
            _ => "0",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}");
    }
}
