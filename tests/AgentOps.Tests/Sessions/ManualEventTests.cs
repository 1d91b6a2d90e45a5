using System.Text.Json.Nodes;
using AgentOps.Events;

namespace AgentOps.Tests.Sessions;

/// <summary>What all events recorded by hand have in common.</summary>
public sealed class ManualEventTests
{
    private static readonly DateTimeOffset s_noon = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_field_of_an_action_comes_back()
    {
        using var session = Session.Start();
        var agentId = Guid.NewGuid();

        Guid id = session.RecordAction(new ActionRecord("click")
        {
            Screenshot = "https://example.org/shot.png",
            Start = s_noon,
            End = s_noon.AddMilliseconds(1.5),
            AgentId = agentId,
            AgentName = "browser",
            Logs = "clicked",
            Params = { ["x"] = 3, ["label"] = "OK" },
            Returns = new JsonObject { ["ok"] = true },
        });

        var action = Read<ActionEvent>(session);
        Assert.Equal(id, action.Id);
        Assert.Equal(session.Id, action.SessionId);
        Assert.Equal("click", action.ActionType);
        Assert.Equal("click", action.DisplayName);
        Assert.Equal("https://example.org/shot.png", action.Screenshot);
        Assert.Equal(s_noon, action.Start);
        Assert.Equal(s_noon.AddMilliseconds(1.5), action.End);
        Assert.Equal(1_500_000, action.DurationNanoseconds);
        Assert.Equal(new AgentIdentity(agentId, "browser"), action.Agent);
        Assert.Equal("clicked", action.Logs);
        Assert.Equal(["x", "label"], action.Params.Select(static p => p.Name));
        Assert.Equal("{\"ok\":true}", action.Returns!.ToString());
        Assert.Equal(EventStatus.Ok, action.Status);
        Assert.False(action.IsTruncated);
        Assert.Null(action.ParentId);
        Assert.Null(action.Site);
    }

    [Fact]
    public void Every_field_of_a_tool_comes_back()
    {
        using var session = Session.Start();

        Guid id = session.RecordTool(new ToolRecord("search")
        {
            Start = s_noon,
            End = s_noon.AddSeconds(2),
            Logs = "2 hits",
            Params = { ["query"] = "cats" },
            Returns = new JsonArray("a", "b"),
        });

        var tool = Read<ToolEvent>(session);
        Assert.Equal(id, tool.Id);
        Assert.Equal("search", tool.Name);
        Assert.Equal(s_noon, tool.Start);
        Assert.Equal(TimeSpan.FromSeconds(2), tool.Duration);
        Assert.Equal("2 hits", tool.Logs);
        Assert.Equal("\"cats\"", Assert.Single(tool.Params).Value.ToString());
        Assert.Equal("[\"a\",\"b\"]", tool.Returns!.ToString());
        Assert.Null(tool.Agent);
    }

    [Fact]
    public void Values_are_read_as_what_they_are()
    {
        using var session = Session.Start();

        session.RecordTool(new ToolRecord("typed")
        {
            Params = { ["text"] = "cats", ["count"] = 7, ["nothing"] = null, ["item"] = new JsonObject { ["id"] = "i-1" } },
            Returns = "done",
        });

        var tool = Read<ToolEvent>(session);
        Assert.Equal("cats", tool.Params[0].Value.AsText());
        Assert.Equal(7, tool.Params[1].Value.AsInt64());
        Assert.True(tool.Params[2].Value.IsNull);
        Assert.Equal("i-1", tool.Params[3].Value.Property("id")?.AsText());
        Assert.Equal("done", tool.Returns!.AsText());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1.50")]
    [InlineData("-0.0")]
    [InlineData("1E400")]
    [InlineData("\"\"")]
    [InlineData("\"line\\nbreak \\\"quoted\\\" é\"")]
    [InlineData("[1,[2,[null,true,false]],{\"\":{\"a\":[]}}]")]
    public void Json_comes_back_as_it_was(string json)
    {
        using var session = Session.Start();

        session.RecordAction(new ActionRecord("json") { Returns = JsonNode.Parse(json) });

        Assert.Equal(json, Read<ActionEvent>(session).Returns!.ToString());
    }

    [Fact]
    public void Json_that_is_nested_beyond_reason_is_cut_and_the_log_stays_readable()
    {
        using var session = Session.Start();
        JsonNode nested = new JsonArray();
        for (int i = 0; i < 300; i++)
            nested = new JsonArray(nested);

        session.RecordAction(new ActionRecord("deep") { Params = { ["nested"] = nested } });
        session.RecordTool(new ToolRecord("after"));

        Assert.StartsWith("[[[[", Assert.Single(Read<ActionEvent>(session).Params).Value.ToString(), StringComparison.Ordinal);
        Assert.Equal("after", Read<ToolEvent>(session).Name);
    }

    [Fact]
    public void Left_out_times_are_the_time_of_recording()
    {
        using var session = Session.Start();
        DateTimeOffset before = DateTimeOffset.UtcNow;

        session.RecordAction(new ActionRecord("now"));

        var action = Read<ActionEvent>(session);
        Assert.InRange(action.Start, before, DateTimeOffset.UtcNow);
        Assert.Equal(TimeSpan.Zero, action.Duration);
    }

    [Fact]
    public void Without_an_end_an_event_lasts_until_it_is_recorded()
    {
        using var session = Session.Start();
        DateTimeOffset start = DateTimeOffset.UtcNow.AddMinutes(-1);

        session.RecordAction(new ActionRecord("since") { Start = start });

        var action = Read<ActionEvent>(session);
        Assert.Equal(start, action.Start);
        Assert.InRange(action.Duration!.Value, TimeSpan.FromMinutes(1), DateTimeOffset.UtcNow - start);
    }

    [Fact]
    public void Without_a_start_an_event_takes_no_time()
    {
        using var session = Session.Start();

        session.RecordAction(new ActionRecord("moment") { End = s_noon });

        var action = Read<ActionEvent>(session);
        Assert.Equal(s_noon, action.Start);
        Assert.Equal(TimeSpan.Zero, action.Duration);
    }

    [Fact]
    public void Times_given_with_an_offset_are_read_in_utc()
    {
        using var session = Session.Start();

        session.RecordAction(new ActionRecord("abroad") { Start = s_noon.ToOffset(TimeSpan.FromHours(5.5)), End = s_noon.AddHours(1) });

        var action = Read<ActionEvent>(session);
        Assert.Equal(s_noon, action.Start);
        Assert.Equal(TimeSpan.Zero, action.Start.Offset);
        Assert.Equal(TimeSpan.FromHours(1), action.Duration);
    }

    [Fact]
    public void An_earlier_event_may_be_the_parent()
    {
        using var session = Session.Start();
        Guid parent = session.RecordAction(new ActionRecord("parent"));

        session.RecordTool(new ToolRecord("child") { ParentId = parent });

        Assert.Equal(parent, Read<ToolEvent>(session).ParentId);
    }

    [Fact]
    public void A_parent_that_this_process_does_not_know_is_kept_as_given()
    {
        using var session = Session.Start();
        var foreign = Guid.NewGuid();

        session.RecordTool(new ToolRecord("child") { ParentId = foreign });

        Assert.Equal(foreign, Read<ToolEvent>(session).ParentId);
    }

    [Fact]
    public void An_agent_may_have_only_a_name()
    {
        using var session = Session.Start();

        session.RecordTool(new ToolRecord("named") { AgentName = "planner" });

        Assert.Equal("planner", Read<ToolEvent>(session).Agent!.Name);
    }

    [Fact]
    public void An_event_id_is_the_same_whenever_the_log_is_read_and_no_other_has_it()
    {
        using var session = Session.Start();
        Guid[] ids = [.. Enumerable.Range(0, 100).Select(i => session.RecordAction(new ActionRecord($"{i}")))];

        IEnumerable<Guid> Read() => session.ReadEvents().OfType<ActionEvent>().Select(static a => a.Id);

        Assert.Equal(100, ids.Distinct().Count());
        Assert.Equal(ids.Order(), Read().Order());
        Assert.Equal(Read(), Read());
    }

    [Fact]
    public void An_event_may_be_recorded_to_a_session_that_is_not_current()
    {
        using var outer = Session.Start();
        using var inner = Session.Start();

        outer.RecordAction(new ActionRecord("to outer"));

        Assert.Equal("to outer", Read<ActionEvent>(outer).ActionType);
        Assert.DoesNotContain(inner.ReadEvents(), static e => e is ActionEvent);
    }

    private static T Read<T>(Session session)
        where T : AgentEvent => Assert.Single(session.ReadEvents().OfType<T>());
}
