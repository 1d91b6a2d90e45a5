using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOps.Events;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Export;

/// <summary>What the line of each type of event says.</summary>
public sealed class JsonLineTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_common =
        ["event_type", "id", "session_id", "init_timestamp", "parent_id", "agent_id", "agent_name", "end_timestamp", "duration_ns", "status", "site"];

    [Fact]
    public async Task An_action_has_its_fields()
    {
        using var session = Session.Start();
        var agent = Guid.NewGuid();
        Guid parent = session.RecordTool(new ToolRecord("parent"));
        Guid id = session.RecordAction(new ActionRecord("click")
        {
            Start = s_noon,
            End = s_noon.AddTicks(15),
            ParentId = parent,
            AgentId = agent,
            AgentName = "browser",
            Screenshot = "aGk=",
            Logs = "ok",
            Params = { ["x"] = 1, ["who"] = new JsonObject { ["name"] = "é" } },
            Returns = true,
        });

        JsonElement line = await JsonLines.ObjectOf(Single<ActionEvent>(session));

        Assert.Equal([.. s_common, "action_type", "screenshot", "params", "returns", "logs"], line.Names());
        Assert.Equal("actions", line.GetProperty("event_type").GetString());
        Assert.Equal(id, line.GetProperty("id").GetGuid());
        Assert.Equal(session.Id, line.GetProperty("session_id").GetGuid());
        Assert.Equal(parent, line.GetProperty("parent_id").GetGuid());
        Assert.Equal(agent, line.GetProperty("agent_id").GetGuid());
        Assert.Equal("browser", line.GetProperty("agent_name").GetString());
        Assert.Equal("2025-05-01T12:00:00.0000000Z", line.GetProperty("init_timestamp").GetString());
        Assert.Equal("2025-05-01T12:00:00.0000015Z", line.GetProperty("end_timestamp").GetString());
        Assert.Equal(1500, line.GetProperty("duration_ns").GetInt64());
        Assert.Equal("ok", line.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("site").ValueKind);
        Assert.Equal("click", line.GetProperty("action_type").GetString());
        Assert.Equal("aGk=", line.GetProperty("screenshot").GetString());
        Assert.Equal("""{"x":1,"who":{"name":"é"}}""", line.GetProperty("params").GetRawText());
        Assert.True(line.GetProperty("returns").GetBoolean());
        Assert.Equal("ok", line.GetProperty("logs").GetString());
    }

    [Fact]
    public async Task A_tool_has_its_fields()
    {
        using var session = Session.Start();
        session.RecordTool(new ToolRecord("search"));

        JsonElement line = await JsonLines.ObjectOf(Single<ToolEvent>(session));

        Assert.Equal([.. s_common, "name", "params", "returns", "logs"], line.Names());
        Assert.Equal("tools", line.GetProperty("event_type").GetString());
        Assert.Equal("search", line.GetProperty("name").GetString());
        Assert.Equal("{}", line.GetProperty("params").GetRawText());
        foreach (string absent in (string[])["parent_id", "agent_id", "agent_name", "returns", "logs"])
            Assert.Equal(JsonValueKind.Null, line.GetProperty(absent).ValueKind);
    }

    [Fact]
    public async Task A_model_call_has_its_fields()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord
        {
            Model = "gpt-5",
            Provider = "openai",
            ThreadId = "t-1",
            Prompt = "Hi",
            Completion = new JsonArray("Hello"),
            PromptTokens = 10,
            CompletionTokens = 4,
            CachedPromptTokens = 0,
            ReasoningTokens = 2,
            Cost = 0.0010m,
        });

        JsonElement line = await JsonLines.ObjectOf(Single<LlmEvent>(session));

        Assert.Equal(
            [
                .. s_common, "model", "provider", "thread_id", "prompt_tokens", "completion_tokens", "cached_prompt_tokens", "reasoning_tokens",
                "cost", "cost_reason", "prompt", "completion", "params", "returns", "logs",
            ],
            line.Names());
        Assert.Equal("llms", line.GetProperty("event_type").GetString());
        Assert.Equal("gpt-5", line.GetProperty("model").GetString());
        Assert.Equal("openai", line.GetProperty("provider").GetString());
        Assert.Equal("t-1", line.GetProperty("thread_id").GetString());
        Assert.Equal(10, line.GetProperty("prompt_tokens").GetInt64());
        Assert.Equal(4, line.GetProperty("completion_tokens").GetInt64());
        Assert.Equal(0, line.GetProperty("cached_prompt_tokens").GetInt64());
        Assert.Equal(2, line.GetProperty("reasoning_tokens").GetInt64());
        Assert.Equal("0.0010", line.GetProperty("cost").GetRawText());
        Assert.Equal("Hi", line.GetProperty("prompt").GetString());
        Assert.Equal("[\"Hello\"]", line.GetProperty("completion").GetRawText());
    }

    [Fact]
    public async Task Unknown_usage_is_null_and_not_zero()
    {
        using var session = Session.Start();
        session.RecordLlm(new LlmRecord());

        JsonElement line = await JsonLines.ObjectOf(Single<LlmEvent>(session));

        foreach (string unknown in (string[])
            ["prompt_tokens", "completion_tokens", "cached_prompt_tokens", "reasoning_tokens", "cost", "model", "provider", "prompt", "completion"])
        {
            Assert.Equal(JsonValueKind.Null, line.GetProperty(unknown).ValueKind);
        }
        Assert.DoesNotContain("thread_id", line.Names());
    }

    [Fact]
    public async Task An_error_has_its_fields()
    {
        using var session = Session.Start();
        Guid trigger = session.RecordTool(new ToolRecord("search"));
        session.RecordError(new ErrorRecord { ErrorType = "RateLimit", Code = "429", Details = "slow", Logs = "trace", TriggerEventId = trigger });

        JsonElement line = await JsonLines.ObjectOf(Single<ErrorEvent>(session));

        Assert.Equal([.. s_common, "trigger_event_id", "trigger_event_type", "error_type", "code", "details", "logs"], line.Names());
        Assert.Equal("errors", line.GetProperty("event_type").GetString());
        Assert.Equal(trigger, line.GetProperty("trigger_event_id").GetGuid());
        Assert.Equal("tools", line.GetProperty("trigger_event_type").GetString());
        Assert.Equal("RateLimit", line.GetProperty("error_type").GetString());
        Assert.Equal("429", line.GetProperty("code").GetString());
        Assert.Equal("slow", line.GetProperty("details").GetString());
        Assert.Equal("trace", line.GetProperty("logs").GetString());
        Assert.Equal("error", line.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_session_start_has_its_fields()
    {
        using var session = Session.Start(new SessionOptions
        {
            Name = "nightly",
            Tags = { "a", "b" },
            Metrics = { ["text"] = "x", ["number"] = 1.5, ["truth"] = true },
            IncludeHostInfo = true,
        });

        JsonElement line = await JsonLines.ObjectOf(Single<SessionStartEvent>(session));

        Assert.Equal(
            ["event_type", "id", "session_id", "init_timestamp", "name", "resumed", "tags", "metrics", "host_env"], line.Names());
        Assert.Equal("session_start", line.GetProperty("event_type").GetString());
        Assert.Equal("nightly", line.GetProperty("name").GetString());
        Assert.False(line.GetProperty("resumed").GetBoolean());
        Assert.Equal("""["a","b"]""", line.GetProperty("tags").GetRawText());
        Assert.Equal("x", line.GetProperty("metrics").GetProperty("text").GetString());
        Assert.Equal(1.5, line.GetProperty("metrics").GetProperty("number").GetDouble());
        Assert.True(line.GetProperty("metrics").GetProperty("truth").GetBoolean());
        Assert.Equal(Environment.ProcessId, line.GetProperty("host_env").GetProperty("process_id").GetInt32());
    }

    [Fact]
    public async Task A_session_update_has_its_fields()
    {
        using var session = Session.Start();
        session.AddTags("late");

        JsonElement line = await JsonLines.ObjectOf(Single<SessionUpdateEvent>(session));

        Assert.Equal(["event_type", "id", "session_id", "init_timestamp", "tags", "metrics"], line.Names());
        Assert.Equal("session_update", line.GetProperty("event_type").GetString());
        Assert.Equal("""["late"]""", line.GetProperty("tags").GetRawText());
        Assert.Equal("{}", line.GetProperty("metrics").GetRawText());
    }

    [Theory]
    [InlineData(EndState.Success, "Success", "done")]
    [InlineData(EndState.Fail, "Fail", null)]
    [InlineData(EndState.Indeterminate, "Indeterminate", null)]
    public async Task A_session_end_has_its_fields(EndState state, string named, string? reason)
    {
        var session = Session.Start();
        session.End(state, reason);

        JsonElement line = await JsonLines.ObjectOf(Single<SessionEndEvent>(session));

        Assert.Equal(["event_type", "id", "session_id", "init_timestamp", "end_state", "end_state_reason"], line.Names());
        Assert.Equal("session_end", line.GetProperty("event_type").GetString());
        Assert.Equal(named, line.GetProperty("end_state").GetString());
        Assert.Equal(reason, line.GetProperty("end_state_reason").GetString());
        Assert.Equal(session.EndedAt, line.GetProperty("init_timestamp").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(EventStatus.Ok, "ok")]
    [InlineData(EventStatus.Error, "error")]
    [InlineData(EventStatus.Cancelled, "cancelled")]
    [InlineData(EventStatus.Abandoned, "abandoned")]
    [InlineData(EventStatus.Incomplete, "incomplete")]
    public async Task Every_status_has_its_word(EventStatus status, string word)
    {
        JsonElement line = await JsonLines.ObjectOf(Call() with { Status = status });

        Assert.Equal(word, line.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_call_names_its_site_and_one_without_end_has_none()
    {
        JsonElement line = await JsonLines.ObjectOf(Call() with { Site = new CallSite("App", "Tools.Search(string)", "src/Tools.cs", 12) });

        Assert.Equal("""{"project":"App","file":"src/Tools.cs","line":12,"method":"Tools.Search(string)"}""", line.GetProperty("site").GetRawText());
        Assert.Equal(JsonValueKind.Null, line.GetProperty("end_timestamp").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("duration_ns").ValueKind);
    }

    [Fact]
    public async Task Only_an_event_that_was_cut_says_so()
    {
        JsonElement whole = await JsonLines.ObjectOf(Call());
        JsonElement cut = await JsonLines.ObjectOf(Call() with { IsTruncated = true });

        Assert.DoesNotContain("truncated", whole.Names());
        Assert.True(cut.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Line_breaks_in_what_was_recorded_stay_inside_the_line()
    {
        using var session = Session.Start(new SessionOptions { Name = "two\nlines\r" });
        session.RecordTool(new ToolRecord("a\nb") { Logs = "c\nd", Params = { ["e\nf"] = "g\nh" }, Returns = JsonNode.Parse("{\n \"i\": 1\n}") });

        string text = await JsonLines.TextOf(session.ReadEvents());

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain('\r', text);
        JsonElement tool = JsonElement.Parse(lines[1]);
        Assert.Equal("a\nb", tool.GetProperty("name").GetString());
        Assert.Equal("g\nh", tool.GetProperty("params").GetProperty("e\nf").GetString());
        Assert.Equal(1, tool.GetProperty("returns").GetProperty("i").GetInt32());
    }

    private static ToolEvent Call() => new() { Id = Guid.NewGuid(), SessionId = Guid.NewGuid(), Start = s_noon, Name = "search" };

    private static T Single<T>(Session session)
        where T : AgentEvent => session.ReadEvents().OfType<T>().Last();
}
