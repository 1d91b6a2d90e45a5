using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Terminal;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Html;

/// <summary>The calls of a session as bars on its time.</summary>
internal sealed class WaterfallChart(DateTimeOffset start, TimeSpan whole)
{
    private const int MostRows = 400;
    private const int RowHeight = 22;
    private const int LabelWidth = 380;
    private const int ChartWidth = 600;
    private const int Width = LabelWidth + ChartWidth + 90;
    private const int Top = 24;
    private const int Indent = 14;
    private const int MostIndent = 12;
    private const int LabelLetters = 52;

    public void Write(HtmlWriter html, IReadOnlyList<CallTreeNode> roots)
    {
        List<(AgentEvent Event, int Level)> rows = RowsOf(roots, out int all);
        if (rows.Count == 0)
            return;
        int height = Top + (rows.Count * RowHeight) + 6;
        html.Raw("<section>\n<h2>Calls</h2>\n").Raw($"<svg viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\" aria-label=\"Waterfall of calls\">\n");
        for (int i = 0; i <= 4; i++)
        {
            string x = HtmlWriter.Number(LabelWidth + (ChartWidth * i / 4.0));
            html.Raw($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top - 6}\" y2=\"{height}\"/><text class=\"quiet\" x=\"{x}\" y=\"12\" text-anchor=\"{(i == 0 ? "start" : i == 4 ? "end" : "middle")}\">")
                .Text(i == 0 ? "0" : DurationText.Of(whole * i / 4)).Raw("</text>\n");
        }
        for (int i = 0; i < rows.Count; i++)
            WriteRow(html, rows[i].Event, rows[i].Level, Top + (i * RowHeight));
        html.Raw("</svg>\n");
        if (all > rows.Count)
            html.Raw($"<p class=\"quiet\">The first {rows.Count} of {Counted.Number(all)} events.</p>\n");
        html.Raw("</section>\n");
    }

    private void WriteRow(HtmlWriter html, AgentEvent e, int level, int y)
    {
        EventLabel label = EventLabel.Of(e, Glyphs.Unicode);
        bool isBad = e is ErrorEvent || e.Status is EventStatus.Error or EventStatus.Interrupted;
        int indent = Math.Min(level, MostIndent) * Indent;
        string name = $"{(label.Mark.Length > 0 ? label.Mark + " " : "")}{label.Kind} {label.Name}";
        html.Raw("<g><title>").Text(name).Raw(" ").Text(EventLabel.StatusOf(e)).Raw(" ").Text(e.Site?.ToString()).Raw("</title>")
            .Raw($"<text class=\"{(isBad ? "bad" : "")}\" x=\"{indent}\" y=\"{y + 14}\">").Text(CellWidth.Fit(SafeText.Line(name), LabelLetters - (indent / 7), "…")).Raw("</text>");
        if (e is not ErrorEvent)
        {
            double from = PositionOf(e.Start - start);
            double to = Math.Max(from + 2, PositionOf((e.End ?? start + whole) - start));
            html.Raw($"<rect class=\"{(isBad ? "bad" : label.Kind)}\" x=\"{HtmlWriter.Number(LabelWidth + from)}\" y=\"{y + 4}\" width=\"{HtmlWriter.Number(to - from)}\" height=\"12\" rx=\"2\"/>")
                .Raw($"<text class=\"quiet\" x=\"{LabelWidth + ChartWidth + 10}\" y=\"{y + 14}\">").Text(EventLabel.StatusOf(e)).Raw("</text>");
        }
        html.Raw("</g>\n");
    }

    private double PositionOf(TimeSpan offset) => whole <= TimeSpan.Zero ? 0 : Math.Clamp(ChartWidth * (offset / whole), 0, ChartWidth);

    /// <summary>In the order of the tree, however deep that is.</summary>
    private static List<(AgentEvent Event, int Level)> RowsOf(IReadOnlyList<CallTreeNode> roots, out int all)
    {
        var rows = new List<(AgentEvent, int)>();
        var open = new Stack<(CallTreeNode Node, int Level)>(roots.Reverse().Select(static root => (root, 0)));
        all = 0;
        while (open.TryPop(out (CallTreeNode Node, int Level) at))
        {
            if (all++ < MostRows)
                rows.Add((at.Node.Event, at.Level));
            for (int i = at.Node.Children.Count - 1; i >= 0; i--)
                open.Push((at.Node.Children[i], at.Level + 1));
        }
        return rows;
    }
}
