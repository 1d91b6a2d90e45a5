using System.Globalization;
using System.Text;

namespace AgentOps.Tool.Terminal;

/// <summary>
/// Recorded text comes from models and web pages. Shown raw it could move the cursor, change colours or titles, or turn the reading order
/// round; here whatever a terminal or browser would obey becomes visible text.
/// </summary>
internal static class SafeText
{
    /// <summary>Text as one line: breaks and tabs become spaces.</summary>
    public static string Line(string? text) => Clean(text, keepBreaks: false);

    /// <summary>Text whose line breaks are kept.</summary>
    public static string Block(string? text) => Clean(text, keepBreaks: true);

    private static string Clean(string? text, bool keepBreaks)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length;)
        {
            bool isRune = Rune.TryGetRuneAt(text, i, out Rune rune);
            int length = isRune ? rune.Utf16SequenceLength : 1;
            string? other = isRune ? Replacement(rune, keepBreaks, text, ref length, i) : "\uFFFD";
            if (other is not null)
                clean ??= new StringBuilder(text, 0, i, text.Length + 16);
            if (clean is not null)
            {
                if (other is not null)
                    clean.Append(other);
                else
                    clean.Append(text, i, length);
            }
            i += length;
        }
        return clean?.ToString() ?? text;
    }

    /// <returns><see langword="null"/> if the character may stay.</returns>
    private static string? Replacement(Rune rune, bool keepBreaks, string text, ref int length, int at)
    {
        if (rune.Value == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            length = 2;
        if (rune.Value is '\r' or '\n' or 0x85 or 0x2028 or 0x2029)
            return rune.Value == '\n' && keepBreaks ? null : keepBreaks ? "\n" : " ";
        if (rune.Value == '\t')
            return keepBreaks ? "    " : " ";
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            // Direction marks, invisible letters, tags. A joiner between emoji is one of them; seeing it does no harm.
            UnicodeCategory.Format => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "\uFFFD",
            _ => null,
        };
    }
}
