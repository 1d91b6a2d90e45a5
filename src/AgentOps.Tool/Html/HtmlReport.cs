using System.Globalization;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Html;

/// <summary>A report as one page: no scripts, nothing loaded from anywhere, charts as SVG in place.</summary>
internal sealed class HtmlReport(TimeText time)
{
    private const int MostSessions = 200;

    public void Write(TextWriter writer, Report report)
    {
        var html = new HtmlWriter(writer);
        html.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        // Whatever might slip into the page could still load and run nothing.
        html.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n<title>").Text(report.Title).Raw(" · AgentOps</title>\n<style>\n").Raw(HtmlStyle.Css).Raw("</style>\n</head>\n<body>\n<main>\n");
        WriteHead(html, report);
        WriteFailures(html, report.Failures);
        if (report.Single is { } single)
            new WaterfallChart(report.Sessions[0].StartedAt, single.Duration).Write(html, single.CallTree);
        else if (report.Sessions.Count > 0)
            WriteSessions(html, report);
        WriteModels(html, report.Analytics);
        WriteTools(html, report.Analytics.Tools);
        LatencyChart.Write(html, report.Analytics.Latencies);
        WriteSites(html, report.Analytics.CallSites);
        html.Raw("<footer>AgentOps report of ").Text(time.Full(time.Now)).Raw(" (").Text(time.ZoneName).Raw("). What is unknown is shown as ?, never as zero.</footer>\n</main>\n</body>\n</html>\n");
    }

    private void WriteHead(HtmlWriter html, Report report)
    {
        html.Raw("<header>\n<h1>").Text(report.Title).Raw("</h1>\n");
        if (report.Single is not null)
        {
            SessionInfo session = report.Sessions[0];
            string state = SessionState.Of(session);
            html.Raw($"<p><span class=\"state {state}\">{state}</span> <time>").Text(time.Full(session.StartedAt)).Raw("</time> <code>").Text(session.Id.ToString()).Raw("</code>");
            foreach (string tag in session.Tags)
                html.Raw(" <span class=\"tag\">").Text(tag).Raw("</span>");
            html.Raw("</p>\n");
            if (session.Reason is { Length: > 0 } reason)
                html.Raw($"<p class=\"reason {state}\">").Text(reason).Raw("</p>\n");
        }
        else
        {
            html.Raw("<p>");
            foreach (var group in report.Sessions.GroupBy(SessionState.Of).OrderBy(static group => Array.IndexOf(SessionState.Names, group.Key)))
                html.Raw($"<span class=\"state {group.Key}\">{Counted.Number(group.Count())} {group.Key}</span> ");
            html.Raw("</p>\n");
        }
        html.Raw("</header>\n<section class=\"figures\">\n");
        EventAnalytics analytics = report.Analytics;
        if (report.Single is { } single)
            Figure(html, DurationText.Of(single.Duration), "duration");
        Figure(html, MoneyText.Of(analytics.Usage.Cost) is { Length: > 0 } cost ? cost : "–", analytics.Usage.Cost.UnknownCalls > 0 ? $"cost, {Counted.Of(analytics.Usage.Cost.UnknownCalls, "call")} unknown" : "cost");
        Figure(html, Known(analytics.Usage.Tokens.InputTokens, analytics.Usage.Calls), "input tokens");
        Figure(html, Known(analytics.Usage.Tokens.OutputTokens, analytics.Usage.Calls), "output tokens");
        Figure(html, Counted.Number(analytics.Counts.Llms), "LLM calls");
        Figure(html, Counted.Number(analytics.Counts.Tools), "tool calls");
        Figure(html, Counted.Number(analytics.Counts.Errors), "errors", analytics.Counts.Errors > 0 ? "bad" : "");
        if (analytics.Interrupted > 0)
            Figure(html, Counted.Number(analytics.Interrupted), "interrupted", "bad");
        html.Raw("</section>\n");
    }

    private static void Figure(HtmlWriter html, string value, string name, string tone = "") =>
        html.Raw($"<div class=\"figure {tone}\"><b>").Text(value).Raw("</b><span>").Text(name).Raw("</span></div>\n");

    private void WriteFailures(HtmlWriter html, IReadOnlyList<Failure> failures)
    {
        if (failures.Count == 0)
            return;
        html.Raw("<section>\n<h2>Failures</h2>\n<table>\n<thead><tr><th class=\"n\">Count</th><th>Call</th><th>Error</th><th>Site</th><th>Last</th></tr></thead>\n<tbody>\n");
        foreach (Failure failure in failures)
        {
            html.Raw($"<tr><td class=\"n\">{Counted.Number(failure.Count)}</td><td>").Text(failure.Call).Raw("</td><td class=\"bad\">").Text(failure.Text)
                .Raw("</td><td><code>").Text(failure.Site).Raw("</code></td><td>").Text(time.Full(failure.LastAt)).Raw("</td></tr>\n");
        }
        html.Raw("</tbody>\n</table>\n</section>\n");
    }

    private void WriteSessions(HtmlWriter html, Report report)
    {
        SessionsChart.Write(html, report, time);
        html.Raw("<section>\n<h2>Sessions</h2>\n<table>\n<thead><tr><th>Session</th><th>Started</th><th>State</th><th class=\"n\">Duration</th><th>Name</th><th>Tags</th></tr></thead>\n<tbody>\n");
        int shown = SessionNames.ShownLength(report.Sessions);
        foreach (SessionInfo session in report.Sessions.Reverse().Take(MostSessions))
        {
            string state = SessionState.Of(session);
            html.Raw($"<tr><td><code>{session.Id.ToString()[..shown]}</code></td><td>").Text(time.Full(session.StartedAt)).Raw($"</td><td><span class=\"state {state}\">{state}</span></td><td class=\"n\">")
                .Text(DurationText.Of(report.DurationOf(session))).Raw("</td><td>").Text(session.Name).Raw("</td><td>").Text(string.Join(", ", session.Tags)).Raw("</td></tr>\n");
        }
        html.Raw("</tbody>\n</table>\n");
        if (report.Sessions.Count > MostSessions)
            html.Raw($"<p class=\"quiet\">The latest {MostSessions} of {Counted.Number(report.Sessions.Count)}.</p>\n");
        html.Raw("</section>\n");
    }

    private static void WriteModels(HtmlWriter html, EventAnalytics analytics)
    {
        if (analytics.Models.Count == 0)
            return;
        html.Raw("<section>\n<h2>Models</h2>\n<table>\n<thead><tr><th>Model</th><th>Provider</th><th class=\"n\">Calls</th><th class=\"n\">Input</th><th class=\"n\">Output</th><th class=\"n\">P50</th><th class=\"n\">P95</th><th class=\"n\">Cost</th><th>Share of tokens</th></tr></thead>\n<tbody>\n");
        double most = Math.Max(1, analytics.Models.Max(static model => (double)((model.Tokens.InputTokens ?? 0) + (model.Tokens.OutputTokens ?? 0))));
        foreach (ModelUsage model in analytics.Models)
        {
            double input = model.Tokens.InputTokens ?? 0;
            double output = model.Tokens.OutputTokens ?? 0;
            html.Raw("<tr><td>").Text(model.Model ?? "unknown").Raw("</td><td>").Text(model.Provider).Raw($"</td><td class=\"n\">{Counted.Number(model.Calls)}</td><td class=\"n\">{Known(model.Tokens.InputTokens, 1)}</td><td class=\"n\">{Known(model.Tokens.OutputTokens, 1)}</td><td class=\"n\">")
                .Text(DurationText.Of(model.Latency.Quantile(0.5), "")).Raw("</td><td class=\"n\">").Text(DurationText.Of(model.Latency.Quantile(0.95), "")).Raw("</td><td class=\"n\">")
                .Text(MoneyText.Of(model.Cost) is { Length: > 0 } cost ? cost : MoneyText.Unknown)
                .Raw($"</td><td><svg class=\"bar\" viewBox=\"0 0 200 12\" width=\"200\" height=\"12\" role=\"img\" aria-label=\"{HtmlWriter.Number(input)} in, {HtmlWriter.Number(output)} out\">")
                .Raw($"<rect class=\"input\" width=\"{HtmlWriter.Number(200 * input / most)}\" height=\"12\"/><rect class=\"output\" x=\"{HtmlWriter.Number(200 * input / most)}\" width=\"{HtmlWriter.Number(200 * output / most)}\" height=\"12\"/></svg></td></tr>\n");
        }
        html.Raw("</tbody>\n</table>\n<p class=\"quiet\"><span class=\"key input\"></span> input <span class=\"key output\"></span> output</p>\n</section>\n");
    }

    private static void WriteTools(HtmlWriter html, IReadOnlyList<ToolAnalytics> tools)
    {
        if (tools.Count == 0)
            return;
        html.Raw("<section>\n<h2>Tools</h2>\n<table>\n<thead><tr><th>Tool</th><th class=\"n\">Calls</th><th class=\"n\">Errors</th><th class=\"n\">Failed</th><th class=\"n\">P50</th><th class=\"n\">P95</th><th class=\"n\">Max</th></tr></thead>\n<tbody>\n");
        foreach (ToolAnalytics tool in tools.OrderByDescending(static tool => tool.Errors))
        {
            html.Raw("<tr><td>").Text(tool.Name).Raw($"</td><td class=\"n\">{Counted.Number(tool.Calls)}</td><td class=\"n{(tool.Errors > 0 ? " bad" : "")}\">{Counted.Number(tool.Errors)}</td><td class=\"n\">")
                .Text(tool.ErrorRate is { } rate ? rate.ToString("P0", CultureInfo.InvariantCulture) : "").Raw("</td><td class=\"n\">").Text(DurationText.Of(tool.Latency.Quantile(0.5), ""))
                .Raw("</td><td class=\"n\">").Text(DurationText.Of(tool.Latency.Quantile(0.95), "")).Raw("</td><td class=\"n\">").Text(DurationText.Of(tool.Latency.Max, "")).Raw("</td></tr>\n");
        }
        html.Raw("</tbody>\n</table>\n</section>\n");
    }

    private static void WriteSites(HtmlWriter html, IReadOnlyList<CallSiteLatency> sites)
    {
        const int Most = 50;
        if (sites.Count == 0)
            return;
        html.Raw("<section>\n<h2>Slowest calls</h2>\n<table>\n<thead><tr><th>Call</th><th>Type</th><th class=\"n\">Calls</th><th class=\"n\">Errors</th><th class=\"n\">P50</th><th class=\"n\">P95</th><th class=\"n\">Max</th><th>Site</th></tr></thead>\n<tbody>\n");
        foreach (CallSiteLatency site in sites.OrderByDescending(static site => site.P95 ?? TimeSpan.Zero).Take(Most))
        {
            html.Raw("<tr><td>").Text(site.Name).Raw("</td><td>").Text(site.EventType).Raw($"</td><td class=\"n\">{Counted.Number(site.Count)}</td><td class=\"n{(site.Errors > 0 ? " bad" : "")}\">{Counted.Number(site.Errors)}</td><td class=\"n\">")
                .Text(DurationText.Of(site.P50, "")).Raw("</td><td class=\"n\">").Text(DurationText.Of(site.P95, "")).Raw("</td><td class=\"n\">").Text(DurationText.Of(site.Max, "")).Raw("</td><td><code>").Text(site.Site?.ToString()).Raw("</code></td></tr>\n");
        }
        html.Raw("</tbody>\n</table>\n</section>\n");
    }

    private static string Known(long? count, int calls) => count is { } known ? Counted.Number(known) : calls == 0 ? "–" : MoneyText.Unknown;
}
