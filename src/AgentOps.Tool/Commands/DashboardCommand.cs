using System.CommandLine;
using AgentOps.Server;

namespace AgentOps.Tool.Commands;

/// <summary><c>dashboard</c>: a page that shows what agents on this machine do, live.</summary>
internal sealed class DashboardCommand : ToolCommand
{
    private readonly Option<int> _port = new("--port") { Description = "The port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = static _ => DashboardOptions.DefaultPort, HelpName = "port" };
    private readonly Option<string?> _data = new("--data") { Description = "The file that everything is kept in; else agentops-dashboard/agentops.db in your local application data.", HelpName = "file" };
    private readonly Option<bool> _demo = new("--demo") { Description = "Show a made-up day, in a file that goes when the dashboard stops." };

    protected override Command Create()
    {
        _port.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int port) && port is < 0 or > ushort.MaxValue)
                result.AddError($"--port {port} is out of range. Give 0 to {ushort.MaxValue}.");
        });
        var command = new Command("dashboard", "Show what agents on this machine do, live, on a page that only this machine can open.");
        foreach (Option option in (Option[])[_port, _data, _demo])
            command.Add(option);
        return Does(command, RunAsync);
    }

    private Task<int> RunAsync(ToolRun run, CancellationToken cancellationToken) => Server.DashboardCommand.RunAsync(
        new DashboardOptions
        {
            LogFolder = run.Folder.Path,
            DataFile = run.Get(_data) is { Length: > 0 } named ? Path.GetFullPath(named) : DashboardOptions.DefaultDataFile(),
            Port = run.Get(_port),
            IsDemo = run.Get(_demo),
        },
        run.Environment.Output, run.Environment.Error, cancellationToken);
}
