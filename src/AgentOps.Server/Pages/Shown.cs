using System.Globalization;
using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>Numbers, times and money as people read them; what is unknown reads <c>–</c> or <c>?</c>, never 0.</summary>
public static class Shown
{
    public const string Nothing = "–";

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    public static string Count(long count) => count.ToString("N0", s_culture);

    /// <summary><c>347</c>, <c>16.6 k</c>, <c>39.33 M</c>.</summary>
    public static string Compact(long? count) => count switch
    {
        null => Nothing,
        < 1_000 => count.Value.ToString(s_culture),
        < 1_000_000 => string.Create(s_culture, $"{count.Value / 1e3:0.0} k"),
        < 1_000_000_000 => string.Create(s_culture, $"{count.Value / 1e6:0.00} M"),
        _ => string.Create(s_culture, $"{count.Value / 1e9:0.00} G"),
    };

    /// <summary>A round count beside an axis: <c>600 k</c>.</summary>
    public static string RoundCount(double count) => count switch
    {
        < 1_000 => count.ToString("0.##", s_culture),
        < 1_000_000 => string.Create(s_culture, $"{count / 1e3:0.##} k"),
        _ => string.Create(s_culture, $"{count / 1e6:0.##} M"),
    };

    /// <summary>Round money beside an axis: <c>$0.25</c>.</summary>
    public static string RoundMoney(double nano) => string.Create(s_culture, $"${nano / 1e9:#,0.######}");

    /// <summary>Money with as many digits as say something: <c>$56.72</c>, <c>$0.0835</c>, <c>&lt;$0.0001</c>.</summary>
    public static string Money(long? nano) => nano switch
    {
        null => "?",
        0 => "$0",
        < 100_000 => "<$0.0001",
        < 100_000_000 => string.Create(s_culture, $"${NanoUsd.ToUsd(nano.Value):0.0000}"),
        < 1_000_000_000 => string.Create(s_culture, $"${NanoUsd.ToUsd(nano.Value):0.000}"),
        _ => string.Create(s_culture, $"${NanoUsd.ToUsd(nano.Value):#,0.00}"),
    };

    public static string Percent(double? share, int digits = 1) => share is { } known ? (known * 100).ToString(digits == 2 ? "0.00" : "0.0", s_culture) + " %" : Nothing;

    /// <summary><c>396 ms</c>, <c>5.0 s</c>, <c>1:04 min</c>, <c>2:05 h</c>.</summary>
    public static string Duration(TimeSpan? time) => time switch
    {
        null => Nothing,
        { TotalMilliseconds: < 0.001 } => string.Create(s_culture, $"{time.Value.TotalNanoseconds:0} ns"),
        { TotalMilliseconds: < 1 } => string.Create(s_culture, $"{time.Value.TotalMicroseconds:0} µs"),
        { TotalMilliseconds: < 999.5 } => string.Create(s_culture, $"{time.Value.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(s_culture, $"{time.Value.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(s_culture, $"{(int)time.Value.TotalMinutes}:{time.Value.Seconds:00} min"),
        { TotalHours: < 48 } => string.Create(s_culture, $"{(int)time.Value.TotalHours}:{time.Value.Minutes:00} h"),
        _ => string.Create(s_culture, $"{time.Value.TotalDays:0.0} d"),
    };

    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        TimeSpan ago = now - at;
        return ago.TotalSeconds < 60 ? "just now"
            : ago.TotalMinutes < 60 ? string.Create(s_culture, $"{(int)ago.TotalMinutes} min ago")
            : ago.TotalHours < 24 ? string.Create(s_culture, $"{(int)ago.TotalHours} h ago")
            : at.ToString("dd MMM HH:mm", s_culture);
    }

    public static string Clock(DateTimeOffset at) => at.ToString("HH:mm:ss", s_culture);

    /// <summary>The time of a day that is today's, else the day with it.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now) => at.ToString(at.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm:ss" : "dd MMM HH:mm", s_culture);

    public static string Machine(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", s_culture);

    /// <summary>Ids of sessions begin with their time, so it is their ends that tell them apart.</summary>
    public static string ShortId(Guid id) => id.ToString("N")[^8..];

    /// <summary>A place in a drawing, in percent.</summary>
    public static string Place(double share) => double.IsFinite(share) ? Math.Clamp(share * 100, 0, 100).ToString("0.###", s_culture) + "%" : "0%";

    public static string Number(double value) => value.ToString("0.##", s_culture);

    /// <summary>The type of an exception without its namespace.</summary>
    public static string ErrorName(string type)
    {
        int dot = type.LastIndexOf('.');
        return dot >= 0 && dot + 1 < type.Length && !type.Contains(' ', StringComparison.Ordinal) ? type[(dot + 1)..] : type;
    }

    public static string Plural(long count, string one) => count == 1 ? $"1 {one}" : $"{Count(count)} {one}s";
}
