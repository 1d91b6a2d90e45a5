using Spectre.Console;

namespace AgentOps.Tool.Terminal;

/// <summary>Where people read. Lines are laid out before they come here, so nothing is wrapped behind their back.</summary>
internal sealed class Screen
{
    /// <summary>Wider lines are hard to follow with the eye.</summary>
    private const int MaxWidth = 160;
    private const int MinWidth = 40;

    private readonly IAnsiConsole _console;
    private readonly TextWriter _writer;
    private readonly bool _isPlain;

    public Screen(TextWriter writer, bool isColoured, bool isUnicode, int width)
    {
        _writer = writer;
        _isPlain = !isColoured;
        Width = Math.Clamp(width, MinWidth, MaxWidth);
        Glyphs = isUnicode ? Glyphs.Unicode : Glyphs.Ascii;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isColoured ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isColoured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        _console.Profile.Width = 10_000;
    }

    public Glyphs Glyphs { get; }

    public int Width { get; }

    public void Line() => _writer.WriteLine();

    public void Line(string text, Tone tone = Tone.Plain) => Line(TextLine.Of(text, tone));

    public void Line(TextLine line)
    {
        if (_isPlain)
        {
            _writer.WriteLine(line.ToString());
            return;
        }
        var paragraph = new Paragraph();
        foreach ((string text, Tone tone) in line.Pieces)
            paragraph.Append(text, Tones.StyleOf(tone));
        _console.Write(paragraph);
        _writer.WriteLine();
    }

    /// <summary>A line that is cut where the screen ends.</summary>
    public void Cut(TextLine line) => Line(line.Fit(Width, Glyphs.Ellipsis));

    public void Heading(string title)
    {
        Line();
        Line(title, Tone.Heading);
    }

    /// <summary>Text wrapped at the screen's width, each line behind the same margin.</summary>
    public void Wrapped(string text, string margin, Tone tone, int maxLines = int.MaxValue)
    {
        IReadOnlyList<string> lines = WordWrap.Lines(SafeText.Block(text), Width - CellWidth.Of(margin));
        foreach (string line in lines.Take(maxLines))
            Line(new TextLine().Add(margin, Tone.Quiet).Add(line, tone));
        if (lines.Count > maxLines)
            Line(new TextLine().Add(margin, Tone.Quiet).Add($"{Glyphs.Ellipsis} {Counted.Of(lines.Count - maxLines, "line")} more (--full shows all)", Tone.Quiet));
    }

    public string Fit(string text, int width) => CellWidth.Fit(SafeText.Line(text), width, Glyphs.Ellipsis);
}
