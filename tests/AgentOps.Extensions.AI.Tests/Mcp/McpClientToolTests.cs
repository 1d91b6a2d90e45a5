using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using ModelContextProtocol.Server;

namespace AgentOps.Extensions.AI.Tests.Mcp;

/// <summary>Tools of a server, which the client's package hands out as functions.</summary>
public sealed class McpClientToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_of_a_server_s_tool_is_a_tool_event()
    {
        await using McpPair pair = await McpPair.StartAsync(Weather());
        IList<AITool> tools = (await pair.Client.ListToolsAsync(cancellationToken: Token)).Recorded();

        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () =>
            await Assert.IsAssignableFrom<AIFunction>(tools.Single()).InvokeAsync(new AIFunctionArguments { ["city"] = "Lisbon" }, Token));

        Assert.Equal(("weather", "\"Lisbon\"", EventStatus.Ok), (call.Name, call.Param("city"), call.Status));
        Assert.Contains("sunny in Lisbon", call.Returns?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_is_what_the_tool_gives_unrecorded()
    {
        await using McpPair pair = await McpPair.StartAsync(Weather());
        McpClientTool tool = (await pair.Client.ListToolsAsync(cancellationToken: Token)).Single();
        object? plain = await tool.InvokeAsync(new AIFunctionArguments { ["city"] = "Lisbon" }, Token);

        await Sessions.Record(async () =>
        {
            object? recorded = await tool.Recorded().InvokeAsync(new AIFunctionArguments { ["city"] = "Lisbon" }, Token);
            Assert.Equal((plain?.GetType(), plain?.ToString()), (recorded?.GetType(), recorded?.ToString()));
        });
    }

    [Fact]
    public async Task Tool_in_a_loop_is_below_the_loop_s_event()
    {
        await using McpPair pair = await McpPair.StartAsync(Weather());
        IList<AITool> tools = (await pair.Client.ListToolsAsync(cancellationToken: Token)).Recorded();
        IChatClient model = new ScriptedClient
        {
            OnResponse = static (messages, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(
                ChatRole.Assistant,
                [messages.Any(static m => m.Role == ChatRole.Tool) ? new TextContent("sunny") : new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon" })]))),
        };

        IReadOnlyList<AgentEvent> events = await Sessions.Record(() =>
            new ToolLoopClient(model.Recorded()).Recorded().GetResponseAsync("?", new ChatOptions { Tools = tools }, Token));

        Assert.Equal(["llms", "llms", "tools", "llms"], events.Select(static e => e.EventType));
        Assert.All(events.Skip(1), e => Assert.Equal(events[0].Id, e.ParentId));
    }

    private static McpServerTool Weather() => McpServerTool.Create((string city) => $"sunny in {city}", new McpServerToolCreateOptions { Name = "weather" });
}
