using ResearchAgent.Agent;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Shows the answer, the places it names in colour.</summary>
internal sealed class AnswerView(Screen screen)
{
    public void Show(string answer, IReadOnlyList<Citation> citations)
    {
        screen.Heading("Answer");
        foreach (string paragraph in answer.ReplaceLineEndings("\n").Split('\n'))
        {
            // The lines of a list item stand below its text, not below its mark.
            string indent = paragraph.StartsWith("- ", StringComparison.Ordinal) ? "  " : "";
            bool first = true;
            foreach (string line in WordWrap.Lines(paragraph, screen.Width - indent.Length))
            {
                screen.Line((first ? "" : indent) + Highlight(line, citations));
                first = false;
            }
        }
        screen.Line();
        screen.Line(citations.Count == 0
            ? "[yellow]It names no line of the documents.[/]"
            : $"[grey]It names {Plural.Of(citations.Count, "line")} of the documents; checked: they exist.[/]");
    }

    private static string Highlight(string line, IReadOnlyList<Citation> citations)
    {
        string markup = Markup.Escape(line);
        foreach (string place in citations.Select(citation => Markup.Escape(citation.ToString())).OrderByDescending(place => place.Length))
            markup = markup.Replace(place, $"[cyan]{place}[/]", StringComparison.Ordinal);
        return markup;
    }
}
