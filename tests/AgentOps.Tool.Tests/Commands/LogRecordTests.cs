using System.Text.Json;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

/// <summary>Records of a program's log that joined a session, wherever the tool shows events.</summary>
public sealed class LogRecordTests(LogRecordTests.Logged logged) : IClassFixture<LogRecordTests.Logged>
{
    public sealed class Logged : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Path => _folder.Path;

        public async ValueTask InitializeAsync() => await AgentProcess.RunAsync(Path, "log");

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Show_has_them_below_the_call_that_wrote_them()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logged.Path, "show", "last", "--width", "80");

        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("tool work", lines[^3], StringComparison.Ordinal);
        Assert.Equal(["├─ log information Working on order 3", "└─ log error Order 3 failed\\x1b[31m"], lines[^2..]);
        Assert.Contains("1 tool call", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1 action", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_with_messages_has_their_values_and_exceptions()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logged.Path, "show", "last", "--messages");

        Assert.Contains("Order  3", result.Output, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: no stock", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_has_a_line_each_and_can_be_asked_for_them_alone()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logged.Path, "tail", "--type", "logs", "--width", "120");

        string[] lines = result.Output.TrimEnd('\n').Split('\n')[1..];
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("information Working on order 3  Shop.Orders", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("error Order 3 failed\\x1b[31m  Shop.Orders", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_all_of_a_record()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logged.Path, "tail", "--type", "logs", "--json");

        JsonElement record = JsonDocument.Parse(result.Output.TrimEnd('\n').Split('\n')[1]).RootElement;
        Assert.Equal("logs", record.GetProperty("event_type").GetString());
        Assert.Equal(("Error", "Shop.Orders", 7), (record.GetProperty("level").GetString(), record.GetProperty("category").GetString(), record.GetProperty("log_event_id").GetInt32()));
        Assert.Equal(("System.InvalidOperationException", "no stock"), (record.GetProperty("exception_type").GetString(), record.GetProperty("exception_message").GetString()));
        Assert.Equal("""{"Order":3}""", record.GetProperty("params").GetRawText());
        Assert.Equal("""["request 12"]""", record.GetProperty("scopes").GetRawText());
        Assert.NotEqual(JsonValueKind.Null, record.GetProperty("parent_id").ValueKind);
    }

    [Fact]
    public async Task Csv_has_category_message_and_values()
    {
        ToolResult result = await ToolUnderTest.RunAsync(logged.Path, "export", "csv");

        string line = Assert.Single(result.Output.Split("\r\n"), static l => l.StartsWith("logs,", StringComparison.Ordinal) && l.Contains("Working", StringComparison.Ordinal));
        Assert.Contains(",Shop.Orders,", line, StringComparison.Ordinal);
        Assert.Contains("Working on order 3", line, StringComparison.Ordinal);
        Assert.Contains("{\"\"Order\"\":3}", line, StringComparison.Ordinal);
    }
}
