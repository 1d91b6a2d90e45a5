using System.Globalization;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>A report in the terminal; failures stand before the numbers.</summary>
internal sealed class ReportView(ToolRun run)
{
    private const int MostSites = 15;
    private const int MostFailures = 8;

    private readonly Screen _screen = run.Screen;

    public void Show(Report report)
    {
        if (report.Single is { } single)
            new SessionHeadView(run).Show(report.Sessions[0], single, report.Events);
        else
            ShowHead(report);
        if (report.Sessions.Count == 0)
            return;
        ShowFailures(report.Failures);
        ShowModels(report.Analytics);
        ShowTools(report.Analytics.Tools);
        ShowAgents(report.Analytics.Agents);
        ShowSites(report.Analytics.CallSites);
    }

    private void ShowHead(Report report)
    {
        if (report.Sessions.Count == 0)
        {
            _screen.Line("No session matches.", Tone.Quiet);
            return;
        }
        var line = TextLine.Of(report.Title, Tone.Strong);
        foreach (var group in report.Sessions.GroupBy(SessionState.Of).OrderBy(static group => Array.IndexOf(SessionState.Names, group.Key)))
            line.Add(_screen.Glyphs.Dot, Tone.Quiet).Add($"{group.Count():N0} {group.Key}", SessionState.ToneOf(group.Key));
        _screen.Cut(line);
        _screen.Cut(TextLine.Of(
            $"{run.Time.Full(report.Sessions[0].StartedAt)} {_screen.Glyphs.Arrow} {run.Time.Full(report.Sessions.Max(s => s.StartedAt + report.DurationOf(s)))}", Tone.Quiet));
        _screen.Cut(SessionHeadView.TotalsOf(report.Analytics, _screen));
        if (report.Analytics.Interrupted > 0)
            _screen.Line($"{Counted.Of(report.Analytics.Interrupted, "call")} ended in the middle when their process died", Tone.Bad);
    }

    private void ShowFailures(IReadOnlyList<Failure> failures)
    {
        if (failures.Count == 0)
            return;
        _screen.Heading("Failures");
        var table = new Columns(new Column("Count", IsRight: true), new Column("Call", Least: 10), new Column("Error", Least: 24), new Column("Site", Least: 12, Rank: 2), new Column("Last", Rank: 1));
        foreach (Failure failure in failures.Take(MostFailures))
            table.Add(Counted.Number(failure.Count), failure.Call ?? "", new Cell(failure.Text, Tone.Bad), new Cell(failure.Site ?? "", Tone.Quiet), new Cell(run.Time.Full(failure.LastAt), Tone.Quiet));
        table.WriteTo(_screen);
        MoreThan(MostFailures, failures.Count);
    }

    private void ShowModels(EventAnalytics analytics)
    {
        if (analytics.Models.Count == 0)
            return;
        _screen.Heading("Models");
        var table = new Columns(
            new Column("Model", Least: 14), new Column("Provider", Least: 8, Rank: 5), new Column("Calls", IsRight: true), new Column("Input", IsRight: true), new Column("Cached", IsRight: true, Rank: 4),
            new Column("Output", IsRight: true), new Column("P50", IsRight: true), new Column("P95", IsRight: true, Rank: 3), new Column("First token", IsRight: true, Rank: 6),
            new Column("Tok/s", IsRight: true, Rank: 7), new Column("Cost", IsRight: true));
        foreach (ModelUsage model in analytics.Models)
        {
            table.Add(
                model.Model ?? "unknown", new Cell(model.Provider ?? "", Tone.Quiet), Counted.Number(model.Calls), Known(model.Tokens.InputTokens), model.Tokens.CachedInputTokens is { } cached ? Counted.Number(cached) : "",
                Known(model.Tokens.OutputTokens), DurationText.Of(model.Latency.Quantile(0.5), ""), DurationText.Of(model.Latency.Quantile(0.95), ""),
                DurationText.Of(model.TimeToFirstToken.Quantile(0.5), ""), model.TokensPerSecond is { } speed ? speed.ToString("N0", CultureInfo.InvariantCulture) : "",
                MoneyText.Of(model.Cost) is { Length: > 0 } cost ? cost : MoneyText.Unknown);
        }
        table.WriteTo(_screen);
        CostTotal total = analytics.Usage.Cost;
        if (total.UnknownCalls > 0)
        {
            string reasons = string.Join(", ", total.Reasons.Where(static reason => ReasonText(reason.Key) is not null).Select(static reason => $"{reason.Value:N0} {ReasonText(reason.Key)}"));
            _screen.Wrapped($"The cost of {Counted.Of(total.UnknownCalls, "call")} is unknown: {reasons}. 'agentops prices resolve <model>' says why.", "", Tone.Warn);
        }
        foreach (UsageMismatch mismatch in analytics.UsageMismatches.Take(3))
        {
            _screen.Cut(TextLine.Of(
                $"{mismatch.Model ?? "A model call"} says {Known(mismatch.Own.InputTokens)}/{Known(mismatch.Own.OutputTokens)} tokens, the calls inside it "
                + $"{Known(mismatch.Beneath.InputTokens)}/{Known(mismatch.Beneath.OutputTokens)}; those were counted.", Tone.Warn));
        }
    }

    private void ShowTools(IReadOnlyList<ToolAnalytics> tools)
    {
        if (tools.Count == 0)
            return;
        _screen.Heading("Tools");
        var table = new Columns(
            new Column("Tool", Least: 14), new Column("Calls", IsRight: true), new Column("Errors", IsRight: true), new Column("Failed", IsRight: true), new Column("Cancelled", IsRight: true, Rank: 2),
            new Column("P50", IsRight: true), new Column("P95", IsRight: true), new Column("Max", IsRight: true, Rank: 1));
        foreach (ToolAnalytics tool in tools.OrderByDescending(static tool => tool.Errors))
        {
            table.Add(
                tool.Name, Counted.Number(tool.Calls), new Cell(tool.Errors > 0 ? Counted.Number(tool.Errors) : "", Tone.Bad),
                new Cell(tool is { ErrorRate: > 0 and double rate } ? rate.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal) : "", Tone.Bad),
                tool.Cancelled > 0 ? Counted.Number(tool.Cancelled) : "", DurationText.Of(tool.Latency.Quantile(0.5), ""), DurationText.Of(tool.Latency.Quantile(0.95), ""), DurationText.Of(tool.Latency.Max, ""));
        }
        table.WriteTo(_screen);
    }

    private void ShowAgents(IReadOnlyList<AgentAnalytics> agents)
    {
        if (!agents.Any(static agent => agent.Name is not null))
            return;
        _screen.Heading("Agents");
        var table = new Columns(
            new Column("Agent", Least: 14), new Column("Events", IsRight: true), new Column("Failed", IsRight: true), new Column("Tokens", IsRight: true), new Column("Active", IsRight: true), new Column("Cost", IsRight: true));
        foreach (AgentAnalytics agent in agents)
        {
            TokenUsage tokens = agent.Usage.Tokens;
            table.Add(
                agent.Name ?? "no agent", Counted.Number(agent.Counts.Total), new Cell(agent.FailedCalls > 0 ? Counted.Number(agent.FailedCalls) : "", Tone.Bad),
                agent.Usage.Calls == 0 ? "" : tokens is { InputTokens: null, OutputTokens: null } ? MoneyText.Unknown : Counted.Number((tokens.InputTokens ?? 0) + (tokens.OutputTokens ?? 0)),
                DurationText.Of(agent.ActiveTime), MoneyText.Of(agent.Usage.Cost));
        }
        table.WriteTo(_screen);
    }

    private void ShowSites(IReadOnlyList<CallSiteLatency> sites)
    {
        if (sites.Count == 0)
            return;
        _screen.Heading("Slowest calls");
        var table = new Columns(
            new Column("Call", Least: 12), new Column("Type", Rank: 2), new Column("Calls", IsRight: true), new Column("Mean", IsRight: true, Rank: 1), new Column("P50", IsRight: true), new Column("P95", IsRight: true),
            new Column("Max", IsRight: true), new Column("Site", Least: 12, Rank: 3));
        foreach (CallSiteLatency site in sites.OrderByDescending(static site => site.P95 ?? TimeSpan.Zero).ThenBy(static site => site.Name, StringComparer.Ordinal).Take(MostSites))
        {
            table.Add(
                site.Name, new Cell(site.EventType, Tone.Quiet), Counted.Number(site.Count), DurationText.Of(site.Mean, ""), DurationText.Of(site.P50, ""), DurationText.Of(site.P95, ""), DurationText.Of(site.Max, ""),
                new Cell(site.Site?.ToString() ?? "", Tone.Quiet));
        }
        table.WriteTo(_screen);
        MoreThan(MostSites, sites.Count);
    }

    private void MoreThan(int shown, int all)
    {
        if (all > shown)
            _screen.Line($"{_screen.Glyphs.Ellipsis} {all - shown:N0} more (--json has all)", Tone.Quiet);
    }

    private static string Known(long? count) => count is { } known ? Counted.Number(known) : MoneyText.Unknown;

    private static string? ReasonText(Pricing.CostReason reason) => reason switch
    {
        Pricing.CostReason.UnknownModel => "of a model that has no price",
        Pricing.CostReason.UnknownUsage => "whose tokens are unknown",
        Pricing.CostReason.UnknownServiceTier => "of a service tier that has no price",
        _ => null,
    };
}
