using System.IO.Compression;
using AgentOps.Package.Tests.Support;

[assembly: AssemblyFixture(typeof(PackedPackage))]

namespace AgentOps.Package.Tests.Support;

/// <summary>The packages, packed once into a folder that is gone after the tests, and which serves as a feed.</summary>
public sealed class PackedPackage : IAsyncLifetime
{
    public const string Version = "0.1.0-undertest";

    /// <summary>The folder of all that the tests make.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("agentops-package-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public async ValueTask InitializeAsync()
    {
        foreach (string project in (string[])["AgentOps", "AgentOps.Extensions.AI", "AgentOps.Extensions.Mcp", "AgentOps.Extensions.Hosting", "AgentOps.AspNetCore", "AgentOps.Tool"])
        {
            await Command.DotnetAsync(
                Repository.Root, "pack", $"src/{project}", "-c", "Release", "-o", Feed, $"-p:PackageVersion={Version}", "--nologo", "-v", "quiet");
        }
        // All sources that this machine is set up with stay; only packages that are not there yet go to a folder of our own.
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"),
            """
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <add key="under test" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    public ZipArchive OpenPackage(string id = "AgentOps") => ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{Version}.nupkg"));

    public ZipArchive OpenSymbols() => ZipFile.OpenRead(Path.Combine(Feed, $"AgentOps.{Version}.snupkg"));

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
