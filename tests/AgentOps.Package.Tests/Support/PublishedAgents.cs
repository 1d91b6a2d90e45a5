using System.Runtime.InteropServices;

namespace AgentOps.Package.Tests.Support;

/// <summary>The ahead-of-time sample, published as it is and without a recorder.</summary>
public sealed class PublishedAgents : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentops-aot-").FullName;

    /// <summary>The recorded agent.</summary>
    public string Recorded { get; private set; } = "";

    /// <summary>The same program, compiled without a recorder.</summary>
    public string Bare { get; private set; } = "";

    /// <summary>What the compilers printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Where the agent shall write its log.</summary>
    public string Logs => Path.Combine(_folder, "logs");

    public async ValueTask InitializeAsync()
    {
        // One after the other: both use the sample's intermediate folder.
        Bare = await PublishAsync("bare", "-p:AgentOpsRecording=false");
        Recorded = await PublishAsync("recorded");
    }

    private async Task<string> PublishAsync(string name, params IEnumerable<string> properties)
    {
        string output = Path.Combine(_folder, name);
        string[] linker = OperatingSystem.IsLinux() && !IsOnPath("clang") ? ["-p:CppCompilerAndLinker=gcc"] : [];
        Output += await Command.DotnetAsync(
            Repository.Root,
            ["publish", "samples/AotAgent", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output, "--nologo", "-tl:off", "-p:TrimmerSingleWarn=false", .. linker, .. properties]);
        return Path.Combine(output, OperatingSystem.IsWindows() ? "AotAgent.exe" : "AotAgent");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
