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

        Assert.Contains("seen by the tool", sessions, StringComparison.Ordinal);
        Assert.Contains("tool hammer", shown, StringComparison.Ordinal);
        Assert.StartsWith("0.1.0", version, StringComparison.Ordinal);
    }
}
