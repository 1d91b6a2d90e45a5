namespace AgentOps.Tool.Terminal;

/// <summary>A line put together from pieces of text, each with its tone. Text is made harmless as it is added.</summary>
internal sealed class TextLine
{
    private readonly List<(string Text, Tone Tone)> _pieces = [];

    public IReadOnlyList<(string Text, Tone Tone)> Pieces => _pieces;

    public int Width { get; private set; }

    public static TextLine Of(string text, Tone tone = Tone.Plain) => new TextLine().Add(text, tone);

    public TextLine Add(string? text, Tone tone = Tone.Plain)
    {
        string safe = SafeText.Line(text);
        if (safe.Length == 0)
            return this;
        _pieces.Add((safe, tone));
        Width += CellWidth.Of(safe);
        return this;
    }

    public TextLine Add(TextLine other)
    {
        _pieces.AddRange(other._pieces);
        Width += other.Width;
        return this;
    }

    /// <summary>Spaces up to a column.</summary>
    public TextLine PadTo(int column) => Width < column ? Add(new string(' ', column - Width)) : this;

    /// <summary>The line, cut to a width.</summary>
    public TextLine Fit(int width, string ellipsis)
    {
        if (Width <= width)
            return this;
        var cut = new TextLine();
        foreach ((string text, Tone tone) in _pieces)
        {
            int room = width - cut.Width;
            if (CellWidth.Of(text) + (ReferenceEquals(text, _pieces[^1].Text) ? 0 : CellWidth.Of(ellipsis)) > room)
                return cut.Add(CellWidth.Of(text) <= room - CellWidth.Of(ellipsis) ? text + ellipsis : CellWidth.Fit(text + ellipsis, room, ellipsis), tone);
            cut.Add(text, tone);
        }
        return cut;
    }

    public override string ToString() => string.Concat(_pieces.Select(static piece => piece.Text)).TrimEnd();
}
