using AgentOps.Events;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Html;

/// <summary>How many sessions began when, and how they ended.</summary>
internal static class SessionsChart
{
    private const int Bins = 48;
    private const int Width = 1070;
    private const int Height = 120;

    public static void Write(HtmlWriter html, Report report, TimeText time)
    {
        DateTimeOffset first = report.Sessions[0].StartedAt;
        TimeSpan span = report.Sessions[^1].StartedAt - first;
        if (span <= TimeSpan.Zero)
            return;
        ILookup<int, SessionInfo> bins = report.Sessions.ToLookup(session => Math.Min(Bins - 1, (int)(Bins * ((session.StartedAt - first) / span))));
        double most = bins.Max(static bin => bin.Count());
        html.Raw("<section>\n<h2>Sessions over time</h2>\n").Raw($"<svg viewBox=\"0 0 {Width} {Height + 22}\" width=\"{Width}\" height=\"{Height + 22}\" role=\"img\" aria-label=\"Sessions over time\">\n");
        double step = (double)Width / Bins;
        foreach (IGrouping<int, SessionInfo> bin in bins.OrderBy(static bin => bin.Key))
        {
            double y = Height;
            foreach (string state in SessionState.Names)
            {
                int count = bin.Count(session => SessionState.Of(session) == state);
                if (count == 0)
                    continue;
                double height = Height * count / most;
                y -= height;
                html.Raw($"<rect class=\"{state}\" x=\"{HtmlWriter.Number((bin.Key * step) + 1)}\" y=\"{HtmlWriter.Number(y)}\" width=\"{HtmlWriter.Number(step - 2)}\" height=\"{HtmlWriter.Number(height)}\"><title>")
                    .Text($"{count} {state}").Raw("</title></rect>\n");
            }
        }
        html.Raw($"<line class=\"grid\" x1=\"0\" x2=\"{Width}\" y1=\"{Height}\" y2=\"{Height}\"/><text class=\"quiet\" x=\"0\" y=\"{Height + 16}\">").Text(time.Full(first))
            .Raw($"</text><text class=\"quiet\" x=\"{Width}\" y=\"{Height + 16}\" text-anchor=\"end\">").Text(time.Full(report.Sessions[^1].StartedAt)).Raw("</text>\n</svg>\n</section>\n");
    }
}
