using System.CommandLine;
using System.Globalization;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Commands;

/// <summary><c>sessions</c>: lists what was recorded.</summary>
internal sealed class SessionsCommand : ToolCommand
{
    private const int DefaultLimit = 50;

    /// <summary>From here on there is room for years.</summary>
    private const int Wide = 100;

    private readonly SessionFilterOptions _filter = new();

    private readonly Option<int> _limit = new("--limit", "-l") { Description = "List at most this many, the latest; 0 for all.", DefaultValueFactory = static _ => DefaultLimit, HelpName = "count" };

    protected override Command Create()
    {
        var command = new Command("sessions", "List sessions, the latest last; crashed ones are marked.");
        _filter.AddTo(command);
        _limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int limit) && limit < 0)
                result.AddError($"--limit {limit} is negative. Give a count, or 0 for all.");
        });
        command.Add(_limit);
        return Does(command, Run);
    }

    private int Run(ToolRun run)
    {
        SessionFilter filter = _filter.Of(run);
        LogContent content = run.Folder.Read();
        SessionInfo[] matching = [.. content.Sessions.Where(filter.Matches)];
        int limit = run.Get(_limit);
        SessionInfo[] listed = limit == 0 ? matching : [.. matching.TakeLast(limit)];
        Row[] rows = [.. listed.Select(session => new Row(session, content.EventsOf(session.Id).GetAnalytics(session.Id)))];
        if (run.IsJson)
            WriteJson(run, content, rows, matching.Length);
        else
            WriteTable(run, content, rows, matching.Length);
        return ExitCodes.Ok;
    }

    private sealed record Row(SessionInfo Session, SessionAnalytics Analytics);

    private static void WriteTable(ToolRun run, LogContent content, Row[] rows, int matching)
    {
        Screen screen = run.Screen;
        if (rows.Length == 0)
        {
            screen.Line(content.Sessions.Count == 0 ? $"No session is recorded in {run.Folder.Path} yet." : $"None of the {Counted.Of(content.Sessions.Count, "session")} matches.", Tone.Quiet);
            run.WarnOf(content);
            return;
        }
        var table = new Columns(
            new Column("Session"), new Column("Started"), new Column("State"), new Column("Duration", IsRight: true),
            new Column("Name", Least: 12), new Column("LLM", IsRight: true, Rank: 3), new Column("Tool", IsRight: true, Rank: 3),
            new Column("Err", IsRight: true), new Column("Tokens", IsRight: true, Rank: 2), new Column("Cost", IsRight: true, Rank: 1), new Column("Tags", Least: 8, Rank: 4));
        int shown = SessionNames.ShownLength(content.Sessions);
        foreach ((SessionInfo session, SessionAnalytics analytics) in rows)
        {
            string state = SessionState.Of(session);
            Tone tone = SessionState.ToneOf(state);
            EventCounts counts = analytics.Counts;
            table.Add(
                new Cell(session.Id.ToString()[..shown]),
                new Cell(screen.Width < Wide ? run.Time.Short(session.StartedAt) : run.Time.Full(session.StartedAt), Tone.Quiet),
                new Cell($"{SessionState.GlyphOf(state, screen.Glyphs)} {state}", tone),
                DurationText.Of(analytics.Duration),
                session.Name ?? "",
                NumberOrNothing(counts.Llms), NumberOrNothing(counts.Tools),
                new Cell(NumberOrNothing(counts.Errors), Tone.Bad),
                TokensOf(analytics.Usage), MoneyText.Of(analytics.Usage.Cost),
                new Cell(string.Join(", ", session.Tags), Tone.Quiet));
        }
        table.WriteTo(screen);
        WriteFooter(run, content, rows, matching);
    }

    private static void WriteFooter(ToolRun run, LogContent content, Row[] rows, int matching)
    {
        var footer = new TextLine();
        footer.Add(rows.Length < matching ? $"the latest {rows.Length:N0} of {Counted.Of(matching, "session")} (--limit 0 lists all)" : Counted.Of(matching, "session"), Tone.Quiet);
        if (matching < content.Sessions.Count)
            footer.Add($" of {content.Sessions.Count:N0}", Tone.Quiet);
        foreach (string state in (string[])["fail", SessionState.Crashed, SessionState.Open])
        {
            int count = rows.Count(row => SessionState.Of(row.Session) == state);
            if (count > 0)
                footer.Add(run.Screen.Glyphs.Dot, Tone.Quiet).Add($"{count:N0} {(state == "fail" ? "failed" : state)}", SessionState.ToneOf(state));
        }
        run.Screen.Line();
        run.Screen.Line(footer);
        run.WarnOf(content);
    }

    private static string NumberOrNothing(int count) => count == 0 ? "" : Counted.Number(count);

    private static string TokensOf(UsageTotal usage) => usage.Calls == 0 ? "" :
        (usage.Tokens.InputTokens, usage.Tokens.OutputTokens) is (null, null) ? MoneyText.Unknown :
        Counted.Number((usage.Tokens.InputTokens ?? 0) + (usage.Tokens.OutputTokens ?? 0)) + (usage.CallsWithUnknownUsage > 0 ? "+" : "");

    private static void WriteJson(ToolRun run, LogContent content, Row[] rows, int matching) => run.WriteJson(json =>
    {
        json.WriteString("directory", run.Folder.Path);
        json.WriteNumber("matching", matching);
        json.WriteObjects("sessions", rows, row =>
        {
            (SessionInfo session, SessionAnalytics analytics) = row;
            AnalyticsJson.WriteSession(json, session, analytics.Duration);
            AnalyticsJson.WriteTotals(json, analytics);
        });
        json.WriteNumber("damaged_records", content.DamagedFrames);
        json.WriteCounts("losses", content.Losses);
        json.WriteTexts("problems", content.Problems);
    });
}
