using System.Globalization;
using System.Text;

namespace AgentOps.Server.Pages;

/// <summary>
/// Recorded text comes from models and web pages. Encoding keeps it from being markup; here it is kept from turning the reading order round, from being
/// invisible, and from being longer than anyone reads.
/// </summary>
public static class SafeText
{
    public static string Line(string? text, int atMost = 400) => Clean(text, atMost, keepBreaks: false);

    public static string Block(string? text, int atMost) => Clean(text, atMost, keepBreaks: true);

    private static string Clean(string? text, int atMost, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var clean = new StringBuilder(Math.Min(text.Length, atMost) + 16);
        foreach (Rune rune in text.AsSpan(0, Math.Min(text.Length, atMost)).EnumerateRunes())
        {
            if (rune.Value == '\r')
                continue;
            if (rune.Value is '\n' or '\t' or 0x85 or 0x2028 or 0x2029)
                clean.Append(keepBreaks && rune.Value != '\t' ? '\n' : ' ');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value is not (0x200D or 0x200C))
                clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else
                clean.Append(rune.ToString());
        }
        if (text.Length > atMost)
            clean.Append(CultureInfo.InvariantCulture, $"… ({text.Length - atMost:N0} more characters)");
        return clean.ToString();
    }
}
