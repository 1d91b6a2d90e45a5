using System.CommandLine;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Commands;

/// <summary><c>show</c>: one session, as a tree beside a waterfall, with what was said if asked for.</summary>
internal sealed class ShowCommand : ToolCommand
{
    private readonly Option<bool> _messages = new("--messages", "-m") { Description = "Show prompts, answers, arguments and results too." };
    private readonly Option<bool> _full = new("--full") { Description = "Show long texts whole." };
    private readonly Option<int> _depth = new("--depth") { Description = "Show calls nested this deep.", DefaultValueFactory = static _ => CallTreeView.MaxDepth, HelpName = "levels" };
    private readonly Option<int> _limit = new("--limit", "-l") { Description = "Show at most this many calls; 0 for all.", DefaultValueFactory = static _ => 500, HelpName = "count" };

    protected override Command Create()
    {
        Argument<string> session = SessionArgument<string>("The session: its id, any beginning of it that no other has, or 'last'.", ArgumentArity.ExactlyOne);
        var command = new Command("show", "Show one session: what ran inside what, when, for how long, and what failed.");
        command.Add(session);
        foreach (Option option in (Option[])[_messages, _full, _depth, _limit])
            command.Add(option);
        _depth.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int depth) && depth is < 1 or > CallTreeView.MaxDepth)
                result.AddError($"--depth {depth} is out of range. Give 1 to {CallTreeView.MaxDepth} levels.");
        });
        _limit.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int limit) && limit < 0)
                result.AddError($"--limit {limit} is negative. Give a count, or 0 for all.");
        });
        return Does(command, run => Run(run, run.Get(session)!));
    }

    private int Run(ToolRun run, string typed)
    {
        LogContent content = run.Folder.Read();
        SessionInfo session = SessionNames.Find(typed, content.Sessions, run.Folder);
        IReadOnlyList<AgentEvent> events = content.EventsOf(session.Id);
        SessionAnalytics analytics = events.GetAnalytics(session.Id);
        if (run.IsJson)
        {
            WriteJson(run, session, analytics, events);
            return ExitCodes.Ok;
        }
        new SessionHeadView(run).Show(session, analytics, events);
        run.Screen.Line();
        int limit = run.Get(_limit);
        var tree = new CallTreeView(run.Screen, session.StartedAt, analytics.Duration, run.Get(_depth), limit == 0 ? int.MaxValue : limit);
        tree.Show(analytics.CallTree, run.Get(_messages) ? new MessageView(run.Screen, run.Get(_full)) : null);
        run.WarnOf(content);
        return ExitCodes.Ok;
    }

    private static void WriteJson(ToolRun run, SessionInfo session, SessionAnalytics analytics, IReadOnlyList<AgentEvent> events) => run.WriteJson(json =>
    {
        var writer = new EventJson(events);
        AnalyticsJson.WriteSession(json, session, analytics.Duration);
        AnalyticsJson.WriteTotals(json, analytics);
        AnalyticsJson.WriteBreakdown(json, analytics);
        json.WriteStartArray("events");
        foreach (AgentEvent e in events)
            writer.Write(json, e);
        json.WriteEndArray();
    });
}
