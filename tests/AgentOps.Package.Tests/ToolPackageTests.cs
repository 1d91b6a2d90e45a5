using System.Diagnostics;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>The tool as users get it: from a feed, with a command of its own.</summary>
public sealed class ToolPackageTests(PackedPackage package)
{
    [Fact]
    public async Task Installed_tool_shows_what_this_process_recorded()
    {
        string folder = Path.Combine(package.Folder, "tool");
        string logs = Path.Combine(folder, "logs");
        Directory.CreateDirectory(logs);
        await Command.DotnetAsync(package.Folder, "tool", "install", "AgentOps.Tool", "--tool-path", folder, "--version", PackedPackage.Version);
        Recorder.Configure(new RecorderOptions { Directory = logs });
        using (Session session = Session.Start(new SessionOptions { Name = "seen by the tool" }))
        {
            session.RecordTool(new ToolRecord("hammer"));
            session.End(EndState.Success);
        }

        string command = Path.Combine(folder, OperatingSystem.IsWindows() ? "agentops.exe" : "agentops");
        string sessions = await Command.RunAsync(folder, command, ["sessions", "--directory", logs]);
        string shown = await Command.RunAsync(folder, command, ["show", "last", "--directory", logs]);
        string version = await Command.RunAsync(folder, command, ["--version"]);

        string opened = await FirstLineAsync(command, "dashboard", "--demo", "--port", "0");

        Assert.Contains("seen by the tool", sessions, StringComparison.Ordinal);
        Assert.Contains("tool hammer", shown, StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", version, StringComparison.Ordinal);
        Assert.StartsWith("Dashboard: http://127.0.0.1:", opened, StringComparison.Ordinal);
    }

    private static async Task<string> FirstLineAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true })!;
        try
        {
            return await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? "";
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
