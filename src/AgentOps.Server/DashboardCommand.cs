using System.Net.Sockets;

namespace AgentOps.Server;

/// <summary>Runs a dashboard until it is asked to stop: <c>dotnet run --project src/AgentOps.Server</c>.</summary>
public static class DashboardCommand
{
    private const string Help = """
        Shows what agents on this machine do, live, on a page that only this machine can open.

        Options
          --logs FOLDER   the folder of logs to watch; else AGENTOPS_LOG_DIRECTORY, else the recorder's default
          --data FILE     the file that everything is kept in; else agentops-dashboard/agentops.db in the user's local application data
          --port PORT     the port on 127.0.0.1, 4318 when left out (another where that is taken); 0 takes a free one
          --demo          made-up sessions of two days, in a file of its own that goes when the dashboard stops
          --help          this text
        """;

    /// <returns>0 if it ran, 2 if it was asked for something that there is not, 3 if it could not run.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            await output.WriteLineAsync(Help).ConfigureAwait(false);
            return 0;
        }
        DashboardOptions? options = Parse(arguments, out string problem);
        if (options is null)
        {
            await errors.WriteLineAsync(problem).ConfigureAwait(false);
            return 2;
        }
        return await RunAsync(options, output, errors, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<int> RunAsync(DashboardOptions options, TextWriter output, TextWriter errors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(errors);
        using TemporaryData? demo = options.IsDemo ? new TemporaryData() : null;
        if (demo is not null)
            options = options with { DataFile = demo.File, LogFolder = null };
        try
        {
            await using Dashboard dashboard = await Dashboard.StartAsync(options, cancellationToken: cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync($"Dashboard: {dashboard.SignInAddress()}").ConfigureAwait(false);
            await output.WriteLineAsync("The address works once, for one browser. Ctrl+C stops the dashboard.").ConfigureAwait(false);
            if (options.LogFolder is { } folder)
                await output.WriteLineAsync($"Watching:  {folder}").ConfigureAwait(false);
            await output.WriteLineAsync($"Data:      {options.DataFile}").ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            await dashboard.WaitAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (SocketException e)
        {
            await errors.WriteLineAsync($"Port {options.Port} cannot be listened on: {e.Message}. '--port 0' takes a free one.").ConfigureAwait(false);
            return 3;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 3;
        }
    }

    /// <summary>A data file that is gone with the dashboard.</summary>
    private sealed class TemporaryData : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("agentops-demo-").FullName;

        public string File => Path.Combine(_folder, "agentops.db");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }

    private static DashboardOptions? Parse(IReadOnlyList<string> arguments, out string problem)
    {
        var options = new DashboardOptions { DataFile = DashboardOptions.DefaultDataFile(), LogFolder = DashboardOptions.DefaultLogFolder() };
        problem = "";
        for (int i = 0; i < arguments.Count; i++)
        {
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--demo":
                    options = options with { IsDemo = true };
                    continue;
                case "--logs" when value is not null:
                    options = options with { LogFolder = Path.GetFullPath(value) };
                    break;
                case "--data" when value is not null:
                    options = options with { DataFile = Path.GetFullPath(value) };
                    break;
                case "--port" when ushort.TryParse(value, out ushort port):
                    options = options with { Port = port };
                    break;
                default:
                    problem = arguments[i] is "--logs" or "--data" or "--port" ? $"{arguments[i]} needs a value. '--help' shows what there is." : $"'{arguments[i]}' is no option. '--help' shows what there is.";
                    return null;
            }
            i++;
        }
        return options;
    }
}
