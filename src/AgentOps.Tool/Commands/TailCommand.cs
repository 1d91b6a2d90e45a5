using System.CommandLine;
using AgentOps.Events;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Views;

namespace AgentOps.Tool.Commands;

/// <summary><c>tail</c>: the latest events, and with <c>-f</c> those that come.</summary>
internal sealed class TailCommand : ToolCommand
{
    private static readonly Dictionary<string, Func<AgentEvent, bool>> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["llms"] = static e => e is LlmEvent,
        ["tools"] = static e => e is ToolEvent,
        ["actions"] = static e => e is ActionEvent,
        ["errors"] = static e => e is ErrorEvent || e.Status == EventStatus.Error,
        ["logs"] = static e => e is LogEvent,
        ["sessions"] = static e => e is SessionStartEvent or SessionUpdateEvent or SessionEndEvent,
    };

    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with what comes, of new processes too, until Ctrl+C." };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = "Begin with this many events.", DefaultValueFactory = static _ => 20, HelpName = "count" };
    private readonly Option<string[]> _types = new("--type") { Description = "Only these: llms, tools, actions, errors, logs, sessions; several may be given.", HelpName = "type" };

    protected override Command Create()
    {
        Argument<string?> session = SessionArgument<string?>("Only this session: its id, a beginning of it, or 'last'.", ArgumentArity.ZeroOrOne);
        var command = new Command("tail", "Show the latest events as they ended, one a line; -f follows.");
        command.Add(session);
        foreach (Option option in (Option[])[_follow, _lines, _types])
            command.Add(option);
        _types.CompletionSources.Add([.. s_types.Keys]);
        _lines.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int lines) && lines < 0)
                result.AddError($"--lines {lines} is negative. Give a count, 0 for only what comes.");
        });
        return Does(command, (run, cancellationToken) => RunAsync(run, run.Get(session), cancellationToken));
    }

    private async Task<int> RunAsync(ToolRun run, string? typed, CancellationToken cancellationToken)
    {
        Func<AgentEvent, bool>[] kinds = [.. (run.Get(_types) ?? []).Select(KindOf)];
        EventLogReader reader = run.Folder.Open();
        LogContent content = run.Folder.Read();
        Guid? session = typed is null ? null : SessionNames.Find(typed, content.Sessions, run.Folder).Id;
        var line = new EventLineView(run, content);
        AgentEvent[] ended = [.. content.Events.Where(static e => !IsUnderWay(e))];
        foreach (AgentEvent e in ended.Where(IsWanted).OrderBy(static e => e.End ?? e.Start).TakeLast(run.Get(_lines)))
            line.Show(e);
        if (!run.Get(_follow))
        {
            if (!run.IsJson)
                run.WarnOf(content);
            return ExitCodes.Ok;
        }
        run.Environment.Output.Flush();
        await FollowAsync(reader, [.. ended.Select(static e => e.Id)], line, IsWanted, run, cancellationToken).ConfigureAwait(false);
        return ExitCodes.Ok;

        bool IsWanted(AgentEvent e) => (session is null || e.SessionId == session) && (kinds.Length == 0 || Array.Exists(kinds, kind => kind(e)));
    }

    /// <summary>The log tells all from its beginning; what was there before is known by its id.</summary>
    private static async Task FollowAsync(
        EventLogReader reader, HashSet<Guid> told, EventLineView line, Func<AgentEvent, bool> isWanted, ToolRun run, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (AgentEvent e in reader.FollowAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                if (told.Remove(e.Id) || !isWanted(e))
                    continue;
                line.Show(e);
                await run.Environment.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how following ends.
        }
    }

    private static bool IsUnderWay(AgentEvent e) => e.Status == EventStatus.Incomplete && e is ActionEvent or ToolEvent or LlmEvent && e.Duration is null;

    private static Func<AgentEvent, bool> KindOf(string type)
    {
        if (s_types.TryGetValue(type, out Func<AgentEvent, bool>? kind))
            return kind;
        string meant = Suggestions.For(type, s_types.Keys) is [string near, ..] ? $" Did you mean '{near}'?" : "";
        throw ToolException.BadUsage($"'{type}' is no type of events. There are {string.Join(", ", s_types.Keys)}.{meant}");
    }
}
