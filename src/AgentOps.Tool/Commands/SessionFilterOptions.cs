using System.CommandLine;
using AgentOps.Tool.Logs;

namespace AgentOps.Tool.Commands;

/// <summary>The options that choose among sessions.</summary>
internal sealed class SessionFilterOptions
{
    private readonly Option<string[]> _tags = new("--tag", "-t") { Description = "Only sessions that have this tag; several must all be there.", HelpName = "tag" };
    private readonly Option<string[]> _states = new("--state", "-s") { Description = "Only sessions in this state: open, success, fail, indeterminate or crashed; several may be given.", HelpName = "state" };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "Only sessions whose name contains this.", HelpName = "text" };
    private readonly Option<string?> _since = new("--since") { Description = "Only sessions that went on after this: 2026-01-31, \"2026-01-31 14:05\", or 15m, 2h, 3d ago.", HelpName = "time" };
    private readonly Option<string?> _until = new("--until") { Description = "Only sessions that started before this.", HelpName = "time" };

    public SessionFilterOptions()
    {
        _states.CompletionSources.Add(SessionState.Names);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_tags, _states, _name, _since, _until])
            command.Add(option);
    }

    public SessionFilter Of(ToolRun run)
    {
        string[] states = [.. (run.Get(_states) ?? []).Select(static state => state.ToLowerInvariant())];
        foreach (string state in states.Where(static state => !SessionState.Names.Contains(state, StringComparer.Ordinal)))
        {
            string meant = Suggestions.For(state, SessionState.Names) is [string near, ..] ? $" Did you mean '{near}'?" : "";
            throw ToolException.BadUsage($"'{state}' is no state of a session. There are {string.Join(", ", SessionState.Names)}.{meant}");
        }
        var filter = new SessionFilter { Tags = run.Get(_tags) ?? [], States = states, Name = run.Get(_name), Since = run.Moment(_since), Until = run.Moment(_until) };
        if (filter is { Since: { } since, Until: { } until } && until <= since)
            throw ToolException.BadUsage($"--until {run.Time.Full(until)} is not after --since {run.Time.Full(since)}, so no session can match.");
        return filter;
    }
}
