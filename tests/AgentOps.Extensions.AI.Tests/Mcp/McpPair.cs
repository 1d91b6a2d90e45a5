using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOps.Extensions.AI.Tests.Mcp;

/// <summary>A real client and a real server of the Model Context Protocol in one process, joined by pipes.</summary>
internal sealed class McpPair : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _running;

    private McpPair(McpServer server, Task running, McpClient client)
    {
        _server = server;
        _running = running;
        Client = client;
    }

    public McpClient Client { get; }

    public static async Task<McpPair> StartAsync(params McpServerTool[] tools)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        McpServer server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()),
            new McpServerOptions { ServerInfo = new Implementation { Name = "tools", Version = "1" }, ToolCollection = [.. tools] });
        Task running = server.RunAsync();
        McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
        return new McpPair(server, running, client);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
        await _running;
    }
}
