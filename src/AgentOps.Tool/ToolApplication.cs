using System.CommandLine;
using System.CommandLine.Parsing;
using AgentOps.Tool.Commands;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool;

/// <summary>The <c>agentops</c> command: understands the command line, runs what it asks for, and gives an exit code.</summary>
internal static class ToolApplication
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, ToolEnvironment environment, CancellationToken cancellationToken = default)
    {
        var errors = new Screen(environment.Error, isColoured: false, environment.IsUnicode, environment.Width);
        try
        {
            ParseResult parsed = CreateCommands(environment).Parse(arguments);
            if (parsed.Errors.Count > 0)
                return Refuse(parsed, errors);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = environment.Output, Error = environment.Error, EnableDefaultExceptionHandler = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException e)
        {
            Say(errors, e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Whoever reads what is piped may stop reading: nothing is wrong then.
            if (e is IOException && environment.IsOutputRedirected && IsBrokenPipe(e))
                return ExitCodes.Ok;
            Say(errors, e.Message);
            return ExitCodes.CannotRead;
        }
    }

    public static RootCommand CreateCommands(ToolEnvironment environment)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Shows what AgentOps recorded on this machine.");
        common.AddTo(root);
        foreach (Option help in root.Options.Where(static option => option.Aliases.Contains("/h")))
        {
            // Nobody wants them completed.
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
        }
        foreach (ToolCommand command in (ToolCommand[])
            [new SessionsCommand(), new ShowCommand(), new TailCommand(), new ReportCommand(), new ExportCommand(), new RecoverCommand(), new PricesCommand(), new DashboardCommand(), new DoctorCommand(), new CompletionCommand()])
            root.Add(command.Create(environment, common));
        return root;
    }

    private static int Refuse(ParseResult parsed, Screen errors)
    {
        // That a command is missing says nothing new where one was misspelt.
        IEnumerable<ParseError> said = parsed.UnmatchedTokens.Count > 0 && parsed.Errors.Count > 1 ? parsed.Errors.Where(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains(token, StringComparison.Ordinal))) : parsed.Errors;
        foreach (ParseError error in said.DistinctBy(static error => error.Message))
            Say(errors, error.Message);
        Command command = parsed.CommandResult.Command;
        string[] names = [.. command.Subcommands.Select(static c => c.Name), .. OptionsOf(parsed.CommandResult).SelectMany(static o => o.Aliases.Prepend(o.Name)).Where(static name => name.StartsWith("--", StringComparison.Ordinal))];
        foreach (string token in parsed.UnmatchedTokens)
        {
            if (Suggestions.For(token, names) is [string near, ..])
                errors.Line($"Did you mean '{near}'?");
        }
        errors.Line($"'{PathOf(parsed.CommandResult)} --help' shows what there is.");
        return ExitCodes.BadUsage;
    }

    private static IEnumerable<Option> OptionsOf(CommandResult result)
    {
        for (SymbolResult? at = result; at is not null; at = at.Parent)
        {
            if (at is CommandResult command)
            {
                foreach (Option option in command.Command.Options)
                    yield return option;
            }
        }
    }

    private static string PathOf(CommandResult result)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = result; at is CommandResult { Parent: not null } command; at = at.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("agentops"));
    }

    private static void Say(Screen errors, string message) => errors.Line(message);

    private static bool IsBrokenPipe(Exception e) => e.InnerException is System.Net.Sockets.SocketException || (e.HResult & 0xFFFF) is 32 or 109 or 232;
}
