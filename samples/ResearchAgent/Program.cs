using System.Text;
using ResearchAgent;
using ResearchAgent.Terminal;

Console.OutputEncoding = Encoding.UTF8;
if (CommandLine.AsksForHelp(args))
{
    Console.Out.WriteLine(CommandLine.Help);
    return ExitCodes.Success;
}

using var cancelled = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl+C ends the session properly; a second one ends the process as usual.
    press.Cancel = !cancelled.IsCancellationRequested;
    cancelled.Cancel();
};

try
{
    ResearchOptions options = CommandLine.Parse(args);
    var run = new ResearchRun(options, Screen.Open(), Console.Error);
    return await run.RunAsync(cancelled.Token);
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(FailureText.OneLine(wrong.Message));
    return ExitCodes.Usage;
}
