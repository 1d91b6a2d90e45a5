using AgentOps.Events;

namespace AgentOps.Package.Tests.Support;

/// <summary>A folder of projects as a user would write them, outside of the repository.</summary>
internal sealed class Workspace
{
    public Workspace(PackedPackage package, string name)
    {
        Folder = Path.Combine(package.Folder, name);
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    private string Logs => Path.Combine(Folder, "logs");

    /// <summary>Writes a project with one file.</summary>
    public Workspace Add(string project, string code, params IEnumerable<string> references)
    {
        string folder = Path.Combine(Folder, project);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, project + ".csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>{(code.Contains("class Program", StringComparison.Ordinal) ? "Exe" : "Library")}</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
              </ItemGroup>
            </Project>
            """);
        Write(project, code);
        return this;
    }

    public void Write(string project, string code) => File.WriteAllText(Path.Combine(Folder, project, "Code.cs"), code);

    public Task<string> BuildAsync(string project, params IEnumerable<string> arguments) =>
        Command.DotnetAsync(Path.Combine(Folder, project), ["build", "--nologo", "-tl:off", "-p:UseSharedCompilation=false", .. arguments]);

    public string FileOf(string project, string path) => Path.Combine(Folder, project, path);

    /// <summary>Runs what was built, and reads which calls were recorded by all runs so far.</summary>
    public async Task<IReadOnlyList<AgentEvent>> RunAsync(string project)
    {
        await Command.RunAsync(
            Folder, "dotnet", [FileOf(project, $"bin/Debug/net10.0/{project}.dll")], new Dictionary<string, string> { ["AGENTOPS_LOG_DIRECTORY"] = Logs });
        return [.. EventLogReader.Open(Logs).ReadEvents().Where(static e => e is ToolEvent or ActionEvent or LlmEvent or ErrorEvent)];
    }
}
