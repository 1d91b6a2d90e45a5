using System.IO.Compression;
using System.Xml.Linq;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>The packages that extend the first: what is in them, and that one of them is all that a project needs.</summary>
public sealed class ExtensionPackageTests(PackedPackage package)
{
    [Theory]
    [InlineData("AgentOps.Extensions.AI", "extensions-ai.md", "Microsoft.Extensions.AI.Abstractions")]
    [InlineData("AgentOps.Extensions.Mcp", "extensions-mcp.md", "ModelContextProtocol.Core")]
    [InlineData("AgentOps.Extensions.Hosting", "hosting.md", "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions")]
    [InlineData("AgentOps.AspNetCore", "hosting.md")]
    public void Package_has_its_assemblies_and_needs_what_it_extends(string id, string readme, params string[] extended)
    {
        using ZipArchive archive = package.OpenPackage(id);
        using Stream stream = archive.GetEntry(id + ".nuspec")!.Open();
        XElement[] dependencies = [.. XDocument.Load(stream).Descendants().Where(static e => e.Name.LocalName == "dependency")];

        Assert.Equal(
            ["LICENSE", readme, "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", $"lib/net8.0/{id}.dll", $"lib/net8.0/{id}.xml"],
            archive.Entries.Select(static entry => entry.FullName).Where(name => name is "LICENSE" or "icon.png" || name.EndsWith(".md", StringComparison.Ordinal) || name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Subset(dependencies.Select(static e => e.Attribute("id")!.Value).ToHashSet(), new HashSet<string>(["AgentOps", .. extended]));
        Assert.All(dependencies.Where(static e => e.Attribute("id")!.Value == "AgentOps"), static e => Assert.DoesNotContain("Analyzers", e.Attribute("exclude")?.Value ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Project_that_references_the_extension_alone_records_clients_functions_and_marked_methods()
    {
        Workspace work = new Workspace(package, "extension").Add(
            "Extended",
            """
            using AgentOps;
            using Microsoft.Extensions.AI;

            internal static class Program
            {
                private static async Task Main()
                {
                    using Session session = Session.Start();
                    ChatResponse response = await new Echo().Recorded().GetResponseAsync("Hi");
                    Console.WriteLine(response.Text + Tools.Twice(4));
                    session.End(EndState.Success);
                }
            }

            public static class Tools
            {
                [RecordTool("twice")] public static int Twice(int n) => 2 * n;
            }

            internal sealed class Echo : IChatClient
            {
                public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
                    Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text)) { ModelId = "echo" });

                public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
                    throw new NotSupportedException();

                public object? GetService(Type serviceType, object? serviceKey) => null;

                public void Dispose()
                {
                }
            }
            """,
            $"""<PackageReference Include="AgentOps.Extensions.AI" Version="{PackedPackage.Version}" />""");

        await work.BuildAsync("Extended");

        Assert.Equal(
            [("llms", "echo"), ("tools", "twice")],
            (await work.RunAsync("Extended")).Select(static e => (e.EventType, e.DisplayName)));
    }
}
