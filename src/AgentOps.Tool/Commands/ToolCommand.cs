using System.CommandLine;
using System.CommandLine.Completions;
using AgentOps.Events;
using AgentOps.Tool.Logs;

namespace AgentOps.Tool.Commands;

/// <summary>A command of the tool: its options, and what it does.</summary>
internal abstract class ToolCommand
{
    private ToolEnvironment? _environment;
    private CommonOptions? _common;

    public Command Create(ToolEnvironment environment, CommonOptions common)
    {
        _environment = environment;
        _common = common;
        return Create();
    }

    protected abstract Command Create();

    /// <summary>Has a command do something.</summary>
    protected Command Does(Command command, Func<ToolRun, CancellationToken, Task<int>> work)
    {
        command.SetAction((arguments, cancellationToken) => work(new ToolRun(arguments, _environment!, _common!), cancellationToken));
        return command;
    }

    protected Command Does(Command command, Func<ToolRun, int> work) => Does(command, (run, _) => Task.FromResult(work(run)));

    /// <summary>An argument that takes a session, and completes to the latest ones.</summary>
    protected Argument<T> SessionArgument<T>(string description, ArgumentArity arity)
    {
        var argument = new Argument<T>("session") { Description = description, Arity = arity, HelpName = "session" };
        argument.CompletionSources.Add(CompleteSession);
        return argument;
    }

    private IEnumerable<CompletionItem> CompleteSession(CompletionContext context)
    {
        const int Most = 20;
        IReadOnlyList<SessionInfo> sessions;
        try
        {
            sessions = LogFolder.Resolve(context.ParseResult.GetValue(_common!.Directory), _environment!).Read().Sessions;
        }
        catch (ToolException)
        {
            return [];
        }
        int shown = SessionNames.ShownLength(sessions);
        return [new CompletionItem(SessionNames.Last), .. sessions.Reverse().Take(Most).Select(session => new CompletionItem(session.Id.ToString()[..shown]))];
    }
}
