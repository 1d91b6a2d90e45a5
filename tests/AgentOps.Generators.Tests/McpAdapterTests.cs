using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Tools of a Model Context Protocol server, called by a real client over streams.</summary>
public sealed class McpAdapterTests
{
    private const string Server =
        """
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;
        using ModelContextProtocol.Client;
        using ModelContextProtocol.Protocol;
        using ModelContextProtocol.Server;

        [McpServerToolType]
        public partial class Tools
        {
            [McpServerTool(Name = "add", Title = "Adds")] public static int Add(int a, int b) => a + b;
            [McpServerTool(Name = "fail")] public static int Fail(string why) => throw new InvalidOperationException(why);
        }

        public partial class BodyTools
        {
            [McpServerTool(Name = "body"), RecordTool("body")] public static partial int Body(int a);
            private static int BodyCore(int a) => a;
        }

        public static class Mcp
        {
            public static async Task<(string Text, string Tools)> Call(Action<IMcpServerBuilder> add, string tool, Dictionary<string, object?> arguments)
            {
                var toServer = new System.IO.Pipelines.Pipe();
                var toClient = new System.IO.Pipelines.Pipe();
                var services = new ServiceCollection();
                services.AddLogging();
                add(services.AddMcpServer().WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()));
                await using var provider = services.BuildServiceProvider();
                using var stop = new CancellationTokenSource();
                Task running = provider.GetRequiredService<McpServer>().RunAsync(stop.Token);
                string text, tools;
                await using (var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream())))
                {
                    tools = string.Join(", ", (await client.ListToolsAsync()).Select(t => t.Name + "/" + t.Title));
                    CallToolResult result = await client.CallToolAsync(tool, arguments);
                    text = string.Concat(result.Content.OfType<TextContentBlock>().Select(c => c.Text));
                }
                stop.Cancel();
                try { await running; } catch (OperationCanceledException) { }
                return (text, tools);
            }
        }

        """;

    [Theory]
    [InlineData("b => b.WithTools<Tools>()")]
    [InlineData("b => b.WithTools(new Tools())")]
    [InlineData("b => b.WithTools([typeof(Tools)])")]
    [InlineData("b => b.WithToolsFromAssembly()")]
    [InlineData("b => b.WithTools([McpServerTool.Create(Tools.Add, new() { Name = \"add\", Title = \"Adds\" })])")]
    [InlineData("b => b.WithTools([McpServerTool.Create(typeof(Tools).GetMethod(\"Add\")!)])")]
    [InlineData("b => b.WithTools([McpServerTool.Create(AIFunctionFactory.Create(Tools.Add, \"add\"), new() { Title = \"Adds\" })])")]
    [InlineData("b => McpServerBuilderExtensions.WithTools<Tools>(b)")]
    public async Task Tool_is_recorded_once_by_its_name(string add)
    {
        RecordedRun run = await RecordedRun.Of(
            Server,
            $$"""
            var (text, tools) = await Mcp.Call({{add}}, "add", new() { ["a"] = 1, ["b"] = 2 });
            Check.That(text == "3");
            Check.That(tools.Contains("add/Adds"));
            """);

        Assert.Equal(("add", "a=1, b=2"), (run.Call.DisplayName, run.Call.Arguments()));
        Assert.Equal("3", run.Call.Returns!.ToString().Trim('"'));
    }

    [Fact]
    public async Task Tool_that_fails_is_recorded_with_its_error()
    {
        RecordedRun run = await RecordedRun.Of(
            Server,
            "var (text, _) = await Mcp.Call(b => b.WithTools<Tools>(), \"fail\", new() { [\"why\"] = \"because\" }); Check.That(text.Length > 0);");

        Assert.Equal(("fail", "why=\"because\""), (run.Call.DisplayName, run.Call.Arguments()));
        Assert.True(run.Call.Status == EventStatus.Error || run.Call.Returns!.ToString().Contains("is_error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tool_whose_body_records_is_not_recorded_twice()
    {
        RecordedRun run = await RecordedRun.Of(
            Server,
            "var (text, _) = await Mcp.Call(b => b.WithTools<BodyTools>(), \"body\", new() { [\"a\"] = 7 }); Check.That(text == \"7\");");

        Assert.Equal("a=7", run.Call.Arguments());
    }
}
