using System.Runtime.InteropServices;

namespace AgentOps.Package.Tests.Support;

/// <summary>Programs compiled ahead of time: the sample as it is and without a recorder, and one that uses more of the library.</summary>
public sealed class PublishedAgents : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("agentops-aot-").FullName;

    /// <summary>The recorded agent.</summary>
    public string Recorded { get; private set; } = "";

    /// <summary>The same program, compiled without a recorder.</summary>
    public string Bare { get; private set; } = "";

    /// <summary>A program that uses clients, streams, budgets, analytics and the meter beside marked methods.</summary>
    public string Extended { get; private set; } = "";

    /// <summary>What the compilers printed.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Where the agent shall write its log.</summary>
    public string Logs => Path.Combine(_folder, "logs");

    public async ValueTask InitializeAsync()
    {
        // One after the other: both use the sample's intermediate folder.
        Bare = await PublishAsync("samples/AotAgent", "bare", "-p:AgentOpsRecording=false");
        Recorded = await PublishAsync("samples/AotAgent", "recorded");
        Extended = await PublishAsync("tests/AgentOps.AheadOfTimeAgent", "extended");
    }

    private async Task<string> PublishAsync(string project, string name, params IEnumerable<string> properties)
    {
        string output = Path.Combine(_folder, name);
        string[] linker = OperatingSystem.IsLinux() && !IsOnPath("clang") ? ["-p:CppCompilerAndLinker=gcc"] : [];
        Output += await Command.DotnetAsync(
            Repository.Root,
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output, "--nologo", "-tl:off", "-p:TrimmerSingleWarn=false", .. linker, .. properties]);
        return Path.Combine(output, Path.GetFileName(project) + (OperatingSystem.IsWindows() ? ".exe" : ""));
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
