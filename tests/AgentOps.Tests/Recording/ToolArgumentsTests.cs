using System.Text.Json.Nodes;
using AgentOps.Recording;

namespace AgentOps.Tests.Recording;

/// <summary>What of the arguments of a tool's call is left out because it is named like a secret.</summary>
public sealed class ToolArgumentsTests
{
    [Theory]
    [InlineData("""{"user":"ann","password":"s","n":1}""", """{"user":"ann","password":"[redacted]","n":1}""")]
    [InlineData(""" { "é" : [ { "token" : "s" } ] , "token" : 7 } """, """ { "é" : [ { "token" : "[redacted]" } ] , "token" : 7 } """)]
    [InlineData("""{"token":["s","t"],"auth":{"apiKey":{"of":"s"}},"pwd":null}""", """{"token":"[redacted]","auth":{"apiKey":"[redacted]"},"pwd":null}""")]
    [InlineData("""[{"pass\u0077ord":"s"},"password"]""", """[{"pass\u0077ord":"[redacted]"},"password"]""")]
    [InlineData("""{"a":"password","b":"{"}""", """{"a":"password","b":"{"}""")]
    [InlineData("password: s", "password: s")]
    [InlineData("\"password\"", "\"password\"")]
    [InlineData("{broken, password: s}", "{broken, password: s}")]
    [InlineData("", "")]
    public void Json_text_is_kept_as_it_is_but_for_secrets(string text, string kept) => Assert.Equal(kept, ToolArguments.WithoutSecrets(text));

    [Theory]
    [InlineData("""{"user":"ann","password":"hun""", """{"user":"ann","password":"[redacted]" """)]
    [InlineData("""{"secret":{"a":"s","b":""", """{"secret":"[redacted]" """)]
    [InlineData("""{"password":"s","user":"an""", """{"password":"[redacted]","user":"an""")]
    [InlineData("""{"password":hunter2}""", """{"password":"[redacted]" """)]
    [InlineData("""{"password":""", """{"password":""")]
    public void Json_that_breaks_off_inside_a_secret_ends_there(string text, string kept) => Assert.Equal(kept.TrimEnd(), ToolArguments.WithoutSecrets(text));

    [Fact]
    public void Nodes_named_like_secrets_are_left_out_as_the_text_they_are()
    {
        string json = ToolArguments.ToJson(new JsonObject { ["token"] = "s", ["tokens"] = 3, ["password"] = JsonValue.Create("s"), ["auth"] = new JsonArray("s"), ["none"] = null });

        Assert.Equal("""{"token":"[redacted]","tokens":3,"password":"[redacted]","auth":"[redacted]","none":null}""", json);
    }
}
