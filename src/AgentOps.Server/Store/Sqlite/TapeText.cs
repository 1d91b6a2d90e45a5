using System.Globalization;
using System.Text;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>A session's tape as text: kind, start and length in microseconds, with commas between and semicolons behind; no length where no end is known.</summary>
internal static class TapeText
{
    public static string Write(IReadOnlyList<TapeMark> tape)
    {
        var text = new StringBuilder(tape.Count * 16);
        foreach (TapeMark mark in tape)
            text.Append(CultureInfo.InvariantCulture, $"{(int)mark.Kind},{(long)mark.From.TotalMicroseconds},{(mark.Length is { } length ? (long)length.TotalMicroseconds : null)};");
        return text.ToString();
    }

    public static IReadOnlyList<TapeMark> Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        var tape = new List<TapeMark>();
        foreach (string mark in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = mark.Split(',');
            tape.Add(new TapeMark((RecordKind)int.Parse(parts[0], CultureInfo.InvariantCulture), Micro(parts[1]), parts[2].Length == 0 ? null : Micro(parts[2])));
        }
        return tape;
    }

    private static TimeSpan Micro(string text) => TimeSpan.FromTicks(long.Parse(text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond);
}
