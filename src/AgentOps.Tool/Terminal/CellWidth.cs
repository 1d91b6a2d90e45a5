using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace AgentOps.Tool.Terminal;

/// <summary>How many columns text takes in a terminal, where some letters take two and some none.</summary>
internal static class CellWidth
{
    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : Segment.CellCount([new Segment(text)]);

    /// <summary>The text, cut so that it takes no more than a width; the mark says that it was.</summary>
    public static string Fit(string text, int width, string ellipsis)
    {
        if (Of(text) <= width)
            return text;
        int room = width - Of(ellipsis);
        if (room <= 0)
            return width <= 0 ? "" : ellipsis[..Math.Min(ellipsis.Length, width)];
        return Head(text, room).TrimEnd() + ellipsis;
    }

    /// <summary>As much of the beginning as has room; letters are never cut in two.</summary>
    public static string Head(string text, int width)
    {
        if (Ascii.IsValid(text))
            return text.Length <= width ? text : text[..width];
        int used = 0;
        int end = 0;
        TextElementEnumerator letters = StringInfo.GetTextElementEnumerator(text);
        while (letters.MoveNext())
        {
            string letter = letters.GetTextElement();
            used += Of(letter);
            if (used > width)
                break;
            end = letters.ElementIndex + letter.Length;
        }
        return text[..end];
    }

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Of(text))) + text;
}
