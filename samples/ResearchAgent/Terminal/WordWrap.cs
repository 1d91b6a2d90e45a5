namespace ResearchAgent.Terminal;

/// <summary>Breaks text into lines between words.</summary>
internal static class WordWrap
{
    /// <summary>The lines of a text, each no wider than <paramref name="width"/> unless one word is.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        int start = 0;
        while (text.Length - start > width)
        {
            int cut = text.LastIndexOf(' ', start + width, width + 1);
            if (cut <= start)
                cut = text.IndexOf(' ', start + width);
            if (cut < 0)
                break;
            yield return text[start..cut];
            start = cut + 1;
        }
        yield return text[start..];
    }
}
