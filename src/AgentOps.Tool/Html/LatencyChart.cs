using AgentOps.Metrics;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Html;

/// <summary>How durations are spread, by type of call.</summary>
internal static class LatencyChart
{
    private const int Width = 1070;
    private const int Height = 90;

    public static void Write(HtmlWriter html, TypeLatencies latencies)
    {
        (string Name, string Class, LatencyHistogram Histogram)[] shown =
            [.. new[] { ("LLM calls", "llm", latencies.Llms), ("Tool calls", "tool", latencies.Tools), ("Actions", "action", latencies.Actions) }.Where(static kind => kind.Item3.Count > 1)];
        if (shown.Length == 0)
            return;
        html.Raw("<section>\n<h2>Latency</h2>\n");
        foreach ((string name, string kind, LatencyHistogram histogram) in shown)
            Write(html, name, kind, histogram);
        html.Raw("</section>\n");
    }

    private static void Write(HtmlWriter html, string name, string kind, LatencyHistogram histogram)
    {
        // Four columns for each doubling of the duration.
        Dictionary<int, long> columns = [];
        foreach ((long bound, long count) in histogram.Buckets)
        {
            int column = (int)Math.Floor(4 * Math.Log2(Math.Max(1, bound)));
            columns[column] = columns.GetValueOrDefault(column) + count;
        }
        int first = columns.Keys.Min();
        int last = Math.Max(columns.Keys.Max(), first + 15);
        double step = (double)Width / (last - first + 1);
        double most = columns.Values.Max();
        html.Raw("<p><b>").Text(name).Raw("</b> <span class=\"quiet\">")
            .Text($"{Counted.Number(histogram.Count)} ended · median {DurationText.Of(histogram.Quantile(0.5), "")} · 95 % within {DurationText.Of(histogram.Quantile(0.95), "")} · longest {DurationText.Of(histogram.Max, "")}")
            .Raw("</span></p>\n").Raw($"<svg viewBox=\"0 0 {Width} {Height + 22}\" width=\"{Width}\" height=\"{Height + 22}\" role=\"img\" aria-label=\"Latency of {name}\">\n");
        foreach ((int column, long count) in columns.OrderBy(static column => column.Key))
        {
            double height = Math.Max(2, Height * count / most);
            html.Raw($"<rect class=\"{kind}\" x=\"{HtmlWriter.Number(((column - first) * step) + 1)}\" y=\"{HtmlWriter.Number(Height - height)}\" width=\"{HtmlWriter.Number(step - 2)}\" height=\"{HtmlWriter.Number(height)}\"><title>")
                .Text($"{Counted.Number(count)} up to {DurationOf(column + 1)}").Raw("</title></rect>\n");
        }
        html.Raw($"<line class=\"grid\" x1=\"0\" x2=\"{Width}\" y1=\"{Height}\" y2=\"{Height}\"/>");
        int ticks = 6;
        for (int i = 0; i <= ticks; i++)
        {
            double column = first + ((last - first + 1) * (double)i / ticks);
            html.Raw($"<text class=\"quiet\" x=\"{HtmlWriter.Number(Width * (double)i / ticks)}\" y=\"{Height + 16}\" text-anchor=\"{(i == 0 ? "start" : i == ticks ? "end" : "middle")}\">").Text(DurationOf(column)).Raw("</text>");
        }
        html.Raw("\n</svg>\n");
    }

    private static string DurationOf(double column) => DurationText.Of(TimeSpan.FromTicks((long)(Math.Pow(2, Math.Min(62, column / 4)) / TimeSpan.NanosecondsPerTick)));
}
