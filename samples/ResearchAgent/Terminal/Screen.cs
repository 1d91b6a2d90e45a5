using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Where people read: a terminal in colour, or plain text of one width when the output goes elsewhere.</summary>
internal sealed class Screen
{
    public const int MaxWidth = 100;

    public Screen(IAnsiConsole console, Glyphs glyphs)
    {
        Console = console;
        Glyphs = glyphs;
    }

    public IAnsiConsole Console { get; }

    public Glyphs Glyphs { get; }

    public int Width => Console.Profile.Width;

    public static Screen Open()
    {
        bool piped = System.Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = piped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = piped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(System.Console.Out),
            // Build servers would otherwise get colours in their log files.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = piped ? MaxWidth : Math.Clamp(console.Profile.Width, 40, MaxWidth);
        return new Screen(console, piped || !console.Profile.Capabilities.Unicode ? Glyphs.Ascii : Glyphs.Unicode);
    }

    public void Line(string markup = "") => Console.MarkupLine(markup);

    /// <summary>Writes a line that must stay whole, such as a path that someone copies.</summary>
    public void Unbroken(string label, string text)
    {
        Console.Markup(Markup.Escape(label));
        Console.Profile.Out.Writer.WriteLine(text);
    }

    public void Heading(string title)
    {
        Line();
        Console.Write(new Rule($"[bold blue]{Markup.Escape(title)}[/]")
        {
            Justification = Justify.Left,
            Style = new Style(Color.Grey),
            Border = ReferenceEquals(Glyphs, Glyphs.Ascii) ? BoxBorder.Ascii : BoxBorder.Square,
        });
    }

    /// <summary>The text, cut to a width.</summary>
    public string Fit(string text, int width)
    {
        if (text.Length <= width)
            return text;
        int kept = Math.Max(0, width - Glyphs.Ellipsis.Length);
        return text[..kept].TrimEnd() + Glyphs.Ellipsis;
    }
}
