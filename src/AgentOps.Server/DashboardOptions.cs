using AgentOps.Log;

namespace AgentOps.Server;

/// <summary>How a dashboard is run.</summary>
public sealed record DashboardOptions
{
    public const int DefaultPort = 4318;

    /// <summary>The folder of logs to watch; none when <see langword="null"/>.</summary>
    public string? LogFolder { get; init; }

    /// <summary>The file that everything is kept in.</summary>
    public required string DataFile { get; init; }

    /// <summary>The port on the loopback address; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to fill the store with made-up sessions.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Where the recorder writes by itself: <c>AGENTOPS_LOG_DIRECTORY</c>, else its default.</summary>
    public static string DefaultLogFolder()
    {
        EventLogOptions options = new RecorderOptions().ToLogOptions();
        return !Directory.Exists(options.Root) && options.FallbackRoot is { } fallback && Directory.Exists(fallback) ? fallback : options.Root;
    }

    /// <summary>Beside the logs, but not among them: they come and go by their own rules.</summary>
    public static string DefaultDataFile()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(data.Length > 0 ? data : Path.Combine(Path.GetTempPath(), $"agentops-{Environment.UserName}"), "agentops-dashboard", "agentops.db");
    }
}
