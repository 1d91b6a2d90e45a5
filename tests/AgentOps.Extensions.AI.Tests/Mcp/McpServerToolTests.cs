using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using AgentOps.Recording;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AgentOps.Extensions.AI.Tests.Mcp;

/// <summary>Tools of a server, called by a real client.</summary>
public sealed class McpServerToolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_is_a_tool_event_with_arguments_and_result()
    {
        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () =>
        {
            await using McpPair pair = await McpPair.StartAsync([.. new[] { Weather() }.Recorded()]);
            CallToolResult result = await pair.Client.CallToolAsync("weather", new Dictionary<string, object?> { ["city"] = "Lisbon", ["key"] = "k-1" }, cancellationToken: Token);
            Assert.Equal("sunny in Lisbon", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        });

        Assert.Equal(
            ("weather", "\"Lisbon\"", "\"[redacted]\"", "\"sunny in Lisbon\""),
            (call.Name, call.Param("city"), call.Param("key"), call.Returns?.ToString()));
        Assert.Equal("McpServerToolTests.cs", call.Site?.File);
    }

    [Fact]
    public async Task Tool_that_fails_says_so()
    {
        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () =>
        {
            await using McpPair pair = await McpPair.StartAsync(Tool(string () => throw new InvalidOperationException("no"), "broken").Recorded());
            Assert.True((await pair.Client.CallToolAsync("broken", cancellationToken: Token)).IsError);
        });

        Assert.True(call.Status == EventStatus.Error || call.Returns?.Property("is_error") is not null);
    }

    [Fact]
    public void Tool_that_is_recorded_already_is_returned_as_it_is()
    {
        McpServerTool tool = Weather().Recorded();

        Assert.IsAssignableFrom<IRecordsCalls>(tool);
        Assert.Same(tool, tool.Recorded());
    }

    [Fact]
    public void Tool_of_a_method_that_is_not_to_be_recorded_is_returned_as_it_is()
    {
        McpServerTool ping = McpServerTool.Create(Ping);

        Assert.Same(ping, ping.Recorded());
    }

    [DoNotRecord]
    private static string Ping() => "pong";

    private static McpServerTool Weather() => Tool((string city, [Redact] string key) => $"sunny in {city}", "weather");

    private static McpServerTool Tool(Delegate method, string name) => McpServerTool.Create(method, new McpServerToolCreateOptions { Name = name });
}
