using AgentOps;
using AgentOps.Metrics;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Tells what came out and what was recorded, after a run.</summary>
internal sealed class SummaryView(Screen screen)
{
    public void Show(ResearchReport report)
    {
        if (report.Answer is { Length: > 0 } answer)
            new AnswerView(screen).Show(answer, report.Citations);
        screen.Heading("Session");
        ShowSession(report);
        screen.Heading("Calls");
        new CallTreeView(screen).Show(report.Session, report.Analytics);
        screen.Heading("Tokens and cost");
        new UsageView(screen).Show(report.Analytics);
        screen.Heading("Latency by call site");
        ShowLatencies(report.Analytics.CallSites);
        screen.Heading("Record");
        ShowFiles(report);
    }

    private void ShowSession(ResearchReport report)
    {
        Session session = report.Session;
        EventCounts counts = report.Analytics.Counts;
        string color = session.EndState switch
        {
            EndState.Success => "green",
            EndState.Fail => "red",
            _ => "yellow",
        };
        screen.Line($"[{color}]{session.EndState}[/] in {DurationText.Of(report.Analytics.Duration)}  [grey]{session.Id}[/]");
        if (session.EndStateReason is { } reason)
        {
            foreach (string line in WordWrap.Lines(FailureText.OneLine(reason), screen.Width))
                screen.Line($"[{color}]{Markup.Escape(line)}[/]");
        }
        string errors = Plural.Of(counts.Errors, "error");
        screen.Line(
            $"{Plural.Of(counts.Llms, "LLM call")}, {Plural.Of(counts.Tools, "tool call")}, {Plural.Of(counts.Actions, "action")}, "
            + (counts.Errors > 0 ? $"[red]{errors}[/]" : errors));
        screen.Line($"[grey]{Markup.Escape(string.Join(", ", session.Tags))}[/]");
    }

    private void ShowLatencies(IReadOnlyList<CallSiteLatency> sites)
    {
        Table table = ColumnTable.Of("Call", "Site", "Count", "Mean", "P95", "Max");
        foreach (CallSiteLatency site in sites)
        {
            table.AddRow(
                ColumnTable.Cell(site.Name), new Markup($"[grey]{Markup.Escape(screen.Fit(site.Site?.ToString() ?? "", 30))}[/]"), ColumnTable.Number(site.Count),
                ColumnTable.Duration(site.Mean), ColumnTable.Duration(site.P95), ColumnTable.Duration(site.Max));
        }
        screen.Console.Write(table);
    }

    private void ShowFiles(ResearchReport report)
    {
        RecorderHealth health = RecorderHealth.Current;
        if (health.LogDirectory is { } directory)
            screen.Unbroken("event log   ", directory);
        else
            screen.Unbroken("event log   ", $"in memory only: {health.Problem ?? "no folder could be written"}");
        screen.Unbroken("JSON Lines  ", report.JsonFile);
        if (health.DroppedEvents > 0)
            screen.Line($"[red]{health.DroppedEvents} events were dropped.[/]");
        screen.Line();
    }
}
