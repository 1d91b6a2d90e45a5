using System.CommandLine;
using System.Text;
using AgentOps.Tool.Html;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Commands;

/// <summary><c>report</c>: numbers of one session or of many, in the terminal or as one HTML page.</summary>
internal sealed class ReportCommand : ToolCommand
{
    private readonly SessionFilterOptions _filter = new();
    private readonly Option<string?> _html = new("--html") { Description = "Write one self-contained page with charts to this file.", HelpName = "file" };

    protected override Command Create()
    {
        Argument<string?> session = SessionArgument<string?>("The session: its id, a beginning of it, or 'last'; all that the options choose when left out.", ArgumentArity.ZeroOrOne);
        var command = new Command("report", "Report tokens, cost, latency and failures of a session, or of all.");
        command.Add(session);
        command.Add(_html);
        _filter.AddTo(command);
        return Does(command, run => Run(run, run.Get(session)));
    }

    private int Run(ToolRun run, string? typed)
    {
        SessionFilter filter = _filter.Of(run);
        if (typed is not null && !filter.IsAny)
            throw ToolException.BadUsage("Give a session, or options that choose sessions, not both.");
        LogContent content = run.Folder.Read();
        Report report = typed is null
            ? Report.OfSessions([.. content.Sessions.Where(filter.Matches)], content)
            : Report.OfSession(SessionNames.Find(typed, content.Sessions, run.Folder), content);
        if (run.Get(_html) is { } file)
        {
            string path = WriteHtml(run, report, file);
            if (!run.IsJson)
                run.Screen.Line($"Report of {report.Title} written to {path}");
        }
        else if (!run.IsJson)
        {
            new ReportView(run).Show(report);
        }
        if (run.IsJson)
            WriteJson(run, report);
        run.WarnOf(content);
        return ExitCodes.Ok;
    }

    private static string WriteHtml(ToolRun run, Report report, string file)
    {
        if (string.IsNullOrWhiteSpace(file))
            throw ToolException.BadUsage("--html needs the name of a file.");
        string path = Path.GetFullPath(file);
        if (Directory.Exists(path))
            throw ToolException.BadUsage($"--html '{file}' is a directory. Name a file in it.");
        string partial = path + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var writer = new StreamWriter(partial, append: false, new UTF8Encoding(false)))
                new HtmlReport(run.Time).Write(writer, report);
            File.Move(partial, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.CannotRead($"The report cannot be written to '{path}': {e.Message} Name a file where there is room and that you may write.");
        }
    }

    private static void WriteJson(ToolRun run, Report report) => run.WriteJson(json =>
    {
        json.WriteObjects("sessions", report.Sessions, session =>
        {
            AnalyticsJson.WriteSession(json, session, report.DurationOf(session));
        });
        AnalyticsJson.WriteTotals(json, report.Analytics);
        AnalyticsJson.WriteBreakdown(json, report.Analytics);
        json.WriteObjects("failures", report.Failures, failure =>
        {
            json.WriteString("error", failure.Text);
            json.WriteNumber("count", failure.Count);
            json.WriteString("call", failure.Call);
            json.WriteString("site", failure.Site);
            json.WriteTime("last_at", failure.LastAt);
        });
    });
}
