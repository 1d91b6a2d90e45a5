namespace AgentOps.Tool.Terminal;

/// <summary>Breaks text into lines between words; words that are longer than a line, within.</summary>
internal static class WordWrap
{
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        width = Math.Max(8, width);
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
            AddParagraph(paragraph.TrimEnd(), width, lines);
        return lines;
    }

    private static void AddParagraph(string rest, int width, List<string> lines)
    {
        while (CellWidth.Of(rest) > width)
        {
            string head = CellWidth.Head(rest, width);
            int space = rest[head.Length] == ' ' ? head.Length : head.LastIndexOf(' ');
            // A break that leaves most of the line empty reads worse than a broken word.
            int end = space > head.Length / 3 ? space : Math.Max(1, head.Length);
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }
        lines.Add(rest);
    }
}
