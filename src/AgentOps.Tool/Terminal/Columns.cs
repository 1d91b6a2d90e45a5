namespace AgentOps.Tool.Terminal;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="IsRight">Whether it holds numbers.</param>
/// <param name="Least">How narrow it may get; 0 if it is never cut.</param>
/// <param name="Rank">Where there is no room, columns of the highest rank go first; 0 stays.</param>
internal sealed record Column(string Name, bool IsRight = false, int Least = 0, int Rank = 0);

/// <summary>A cell of a table.</summary>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string text) => new(text);
}

/// <summary>A calm table: no lines, two spaces between columns, numbers to the right. What has no room goes, least important first.</summary>
internal sealed class Columns(params Column[] columns)
{
    private const int Space = 2;

    private readonly List<Cell[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params Cell[] cells)
    {
        if (cells.Length != columns.Length)
            throw new ArgumentException($"{columns.Length} cells are needed.", nameof(cells));
        _rows.Add([.. cells.Select(static cell => cell with { Text = SafeText.Line(cell.Text) })]);
    }

    public void WriteTo(Screen screen, string margin = "")
    {
        // Columns that say nothing anywhere are left out.
        List<int> shown = [.. Enumerable.Range(0, columns.Length).Where(i => _rows.Exists(row => row[i].Text.Length > 0))];
        int[] widths = [.. columns.Select((column, i) => Math.Max(CellWidth.Of(column.Name), _rows.Select(row => CellWidth.Of(row[i].Text)).DefaultIfEmpty(0).Max()))];
        int room = screen.Width - CellWidth.Of(margin);
        while (Excess() > 0 && Shrinkable() < Excess() && shown.Where(i => columns[i].Rank > 0).MaxBy(i => columns[i].Rank) is > 0 and int dropped)
            shown.Remove(dropped);
        while (Excess() > 0 && shown.Where(i => columns[i].Least > 0 && widths[i] > columns[i].Least).OrderByDescending(i => widths[i]).Cast<int?>().FirstOrDefault() is { } widest)
            widths[widest]--;
        screen.Line(LineOf(i => new Cell(columns[i].Name, Tone.Quiet)));
        foreach (Cell[] row in _rows)
            screen.Line(LineOf(i => row[i]));

        int Excess() => shown.Sum(i => widths[i]) + (Space * (shown.Count - 1)) - room;
        int Shrinkable() => shown.Sum(i => columns[i].Least > 0 ? Math.Max(0, widths[i] - columns[i].Least) : 0);

        TextLine LineOf(Func<int, Cell> cellAt)
        {
            var line = TextLine.Of(margin);
            int column = line.Width;
            foreach (int i in shown)
            {
                Cell cell = cellAt(i);
                string text = CellWidth.Fit(cell.Text, widths[i], screen.Glyphs.Ellipsis);
                line.PadTo(columns[i].IsRight ? column + widths[i] - CellWidth.Of(text) : column).Add(text, cell.Tone);
                column += widths[i] + Space;
            }
            return line;
        }
    }
}
