using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Tools;

/// <summary>Functions whose calls are recorded, whoever makes them.</summary>
public sealed class FunctionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_is_a_tool_event_with_arguments_and_result()
    {
        AIFunction weather = AIFunctionFactory.Create(async (string city, int days) => { await Task.Yield(); return $"{city}:{days}"; }, "weather").Recorded();

        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () => await weather.InvokeAsync(
            new AIFunctionArguments { ["city"] = "Lisbon", ["days"] = JsonSerializer.SerializeToElement(2) }, Token));

        Assert.Equal(("weather", "\"Lisbon\"", "2", "\"Lisbon:2\""), (call.Name, call.Param("city"), call.Param("days"), call.Returns?.ToString()));
        Assert.Equal("FunctionTests.cs", call.Site?.File);
    }

    [Fact]
    public void Name_description_schema_and_services_are_kept()
    {
        AIFunction inner = AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.");

        AIFunction recorded = inner.Recorded();

        Assert.NotSame(inner, recorded);
        Assert.Equal((inner.Name, inner.Description, inner.JsonSchema.ToString(), inner.UnderlyingMethod), (recorded.Name, recorded.Description, recorded.JsonSchema.ToString(), recorded.UnderlyingMethod));
        Assert.Same(recorded, recorded.GetService<IRecordsCalls>());
    }

    [Fact]
    public async Task Failure_is_the_same_object_and_an_error()
    {
        var failure = new InvalidOperationException("no");
        AIFunction broken = AIFunctionFactory.Create(string () => throw failure, "broken").Recorded();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () =>
            Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(async () => await broken.InvokeAsync(cancellationToken: Token))));

        Assert.Equal(EventStatus.Error, events.OfType<ToolEvent>().Single().Status);
        Assert.Single(events.OfType<ErrorEvent>());
    }

    [Fact]
    public async Task Without_a_session_nothing_is_recorded()
    {
        AIFunction weather = AIFunctionFactory.Create(() => "sunny", "weather").Recorded();

        Assert.Equal("sunny", (await weather.InvokeAsync(cancellationToken: Token))?.ToString());
        Assert.Empty(await Sessions.Record(() => Task.CompletedTask));
    }

    [Fact]
    public void Function_that_is_recorded_already_is_returned_as_it_is()
    {
        AIFunction recorded = AIFunctionFactory.Create(() => "sunny", "weather").Recorded();

        Assert.Same(recorded, recorded.Recorded());
    }

    [Fact]
    public void Function_around_one_that_is_recorded_is_returned_as_it_is()
    {
        AIFunction around = new Around(AIFunctionFactory.Create(() => "sunny", "weather").Recorded());

        Assert.Same(around, around.Recorded());
    }

    [Fact]
    public void Function_of_a_method_that_is_not_to_be_recorded_is_returned_as_it_is()
    {
        AIFunction ping = AIFunctionFactory.Create(Library.Ping);

        Assert.Same(ping, ping.Recorded());
    }

    [Fact]
    public void Functions_among_tools_are_wrapped_and_other_tools_stay()
    {
        AIFunction weather = AIFunctionFactory.Create(() => "sunny", "weather");
        var search = new HostedWebSearchTool();

        IList<AITool> tools = new AITool[] { weather, search }.Recorded();

        Assert.Equal(2, tools.Count);
        Assert.NotSame(weather, tools[0]);
        Assert.Same(search, tools[1]);
    }

    [Fact]
    public async Task Text_contents_that_a_function_returns_are_recorded_as_text()
    {
        AIFunction read = new Returning(new List<AIContent> { new TextContent("a"), new DataContent(new byte[] { 1 }, "image/png") }).Recorded();

        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () => await read.InvokeAsync(cancellationToken: Token));

        Assert.Equal("""["a","<Microsoft.Extensions.AI.DataContent>"]""", call.Returns?.ToString());
    }

    [Fact]
    public async Task Marks_on_the_method_behind_a_function_hold()
    {
        AIFunction open = AIFunctionFactory.Create(Library.Open, "open").Recorded();

        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () => await open.InvokeAsync(
            new AIFunctionArguments { ["user"] = "ann", ["pin"] = "1234", ["password"] = "hunter2" }, Token));

        Assert.Equal(("\"ann\"", "\"[redacted]\"", "\"[redacted]\"", "\"[redacted]\""), (call.Param("user"), call.Param("pin"), call.Param("password"), call.Returns?.ToString()));
    }

    [Fact]
    public async Task Marks_on_the_method_behind_a_tool_hold_in_what_the_model_says_of_its_calls()
    {
        Dictionary<string, object?> arguments = new()
        {
            ["user"] = "ann",
            ["pin"] = "1234",
            ["password"] = "hunter2",
            ["more"] = JsonElement.Parse("""{"apiKey":"k-1","list":[{"secret":"s-1","n":1}]}"""),
        };
        IChatClient client = ScriptedClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("2", "open", arguments)]))).Recorded();
        ChatMessage[] history =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("1", "open", arguments)]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "door-7")]),
        ];

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() =>
            client.GetResponseAsync(history, new ChatOptions { Tools = [AIFunctionFactory.Create(Library.Open, "open")] }, Token));

        const string Recorded = """{"user":"ann","pin":"[redacted]","password":"[redacted]","more":{"apiKey":"[redacted]","list":[{"secret":"[redacted]","n":1}]}}""";
        Assert.Equal(Recorded, call.ToolCalls.Single().Arguments);
        Assert.Equal(
            $$"""[{"role":"assistant","parts":[{"type":"tool_call","id":"1","name":"open","arguments":{{Recorded}}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":"[redacted]"}]}]""",
            call.Prompt?.ToString());
    }

    [Fact]
    public async Task Secrets_that_a_function_is_given_as_nodes_are_erased()
    {
        AIFunction open = AIFunctionFactory.Create(() => "open", "open").Recorded();

        ToolEvent call = await Sessions.RecordOne<ToolEvent>(async () => await open.InvokeAsync(
            new AIFunctionArguments { ["token"] = JsonValue.Create("s"), ["auth"] = new JsonArray("s"), ["tokens"] = JsonValue.Create(1) }, Token));

        Assert.Equal(("\"[redacted]\"", "\"[redacted]\"", "1"), (call.Param("token"), call.Param("auth"), call.Param("tokens")));
    }

    [Fact]
    public async Task Secrets_that_a_client_gives_as_nodes_are_in_neither_prompt_nor_answer()
    {
        string secret = "sk-" + Guid.NewGuid().ToString("N");
        Dictionary<string, object?> arguments = new() { ["token"] = JsonValue.Create(secret), ["auth"] = new JsonArray(secret), ["n"] = JsonValue.Create(1) };
        IChatClient client = ScriptedClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("2", "open", arguments)]))).Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() =>
            client.GetResponseAsync([new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "open", arguments)])], cancellationToken: Token));

        const string Recorded = """{"token":"[redacted]","auth":"[redacted]","n":1}""";
        Assert.Equal(Recorded, call.ToolCalls.Single().Arguments);
        Assert.Contains(Recorded, call.Prompt?.ToString(), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(RecorderHealth.Current.LogDirectory!, "*.seg"), segment =>
        {
            using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0, "The secret is in the log.");
        });
    }

    private static class Library
    {
        [DoNotRecord]
        public static string Ping() => "pong";

        [Description("Opens a door.")]
        [return: Redact]
        public static string Open(string user, [Redact] string pin, string password) => $"{user} {pin} {password}";
    }

    private sealed class Around(AIFunction inner) : DelegatingAIFunction(inner);

    private sealed class Returning(object? result) : AIFunction
    {
        public override string Name => "read";

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(result);
    }
}
