namespace AgentOps.Generators.Tests;

/// <summary>What is named like a secret is kept out of the record without a mark; what is marked otherwise is not.</summary>
public sealed class SecretNameTests
{
    private readonly string _secret = "sk-" + Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("string password")]
    [InlineData("string apiKey")]
    [InlineData("string access_token")]
    [InlineData("string? token")]
    [InlineData("string connectionString")]
    [InlineData("ReadOnlySpan<char> secret")]
    [InlineData("object clientSecret")]
    public async Task Parameter_is_erased(string parameter)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Use(int a, {{parameter}}) { } }""",
            $"Tools.Use(1, \"{_secret}\");");

        Assert.Equal($"a=1, {parameter.Split(' ')[1]}=\"[redacted]\"", run.Call.Arguments());
        LogBytes.AssertNotInLog(_secret);
    }

    [Theory]
    [InlineData("int maxTokens", "5")]
    [InlineData("int token", "5")]
    [InlineData("bool password", "true")]
    [InlineData("string tokenName", "\"n\"")]
    [InlineData("string nextPageToken", "\"n\"")]
    [InlineData("string[] tokens", "[\"a\"]")]
    [InlineData("string cacheKey", "\"k\"")]
    [InlineData("DayOfWeek secret", "DayOfWeek.Friday")]
    public async Task Parameter_that_only_sounds_alike_is_recorded(string parameter, string value)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Use({{parameter}}) { } }""",
            $"Tools.Use({value});");

        Assert.DoesNotContain("redacted", run.Call.Arguments(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_wins_over_the_name()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed record Login(string User, [Redact(Redaction.None)] string Password);
            public static class Tools { [RecordTool] [return: Redact(Redaction.None)] public static string GetToken([Redact(Redaction.None)] string password, [Redact(Redaction.Mask)] string apiKey, Login login) => password; }
            """,
            """Tools.GetToken("open", "key-0123456789", new Login("me", "shown"));""");

        Assert.Equal("""password="open", apiKey="***6789", login={"User":"me","Password":"shown"}""", run.Call.Arguments());
        Assert.Equal("\"open\"", run.Call.Returns!.ToString());
    }

    [Fact]
    public async Task Members_of_objects_and_results_named_for_them_are_erased()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed record Login(string User, string Password) { public string? ApiKey { get; init; } public int TokenCount => 3; }
            public static class Tools { [RecordTool] public static Task<string> GetApiKeyAsync(Login login) => Task.FromResult(login.Password); }
            """,
            $$"""await Tools.GetApiKeyAsync(new Login("me", "{{_secret}}") { ApiKey = "{{_secret}}" });""");

        Assert.Equal("""login={"User":"me","Password":"[redacted]","ApiKey":"[redacted]","TokenCount":3}""", run.Call.Arguments());
        Assert.Equal("\"[redacted]\"", run.Call.Returns!.ToString());
        LogBytes.AssertNotInLog(_secret);
    }

    [Fact]
    public async Task Name_on_an_interface_covers_implementations_that_call_it_otherwise()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IVault { [RecordTool] void Open(string password); }
            public sealed class Vault : IVault { public void Open(string p) { } }
            """,
            $$"""new Vault().Open("{{_secret}}");""");

        Assert.Equal("p=\"[redacted]\"", run.Call.Arguments());
        LogBytes.AssertNotInLog(_secret);
    }

    [Theory]
    [InlineData("Dictionary<string, string>", """new() { ["Authorization"] = "SECRET", ["Accept"] = "json" }""", """{"Authorization":"[redacted]","Accept":"json"}""")]
    [InlineData("IReadOnlyDictionary<string, object?>", """new Dictionary<string, object?> { ["x-api-key"] = "SECRET", ["token"] = 5, ["max_tokens"] = 7 }""", """{"x-api-key":"[redacted]","token":5,"max_tokens":7}""")]
    [InlineData("Dictionary<string, string[]>", """new() { ["Authorization"] = ["SECRET"] }""", """{"Authorization":"[redacted]"}""")]
    [InlineData("Dictionary<string, int>", """new() { ["password"] = 5 }""", """{"password":5}""")]
    [InlineData("object", """new Dictionary<string, object?> { ["nested"] = new Dictionary<string, string> { ["password"] = "SECRET" } }""", """{"nested":{"password":"[redacted]"}}""")]
    [InlineData("System.Text.Json.JsonElement", """System.Text.Json.JsonDocument.Parse("{\"token\":\"SECRET\",\"tokens\":[1],\"auth\":{\"password\":\"SECRET\"},\"secret\":{\"a\":\"SECRET\"},\"api_key\":null,\"pwd\":[\"SECRET\"]}").RootElement""",
        """{"token":"[redacted]","tokens":[1],"auth":{"password":"[redacted]"},"secret":"[redacted]","api_key":null,"pwd":"[redacted]"}""")]
    [InlineData("System.Text.Json.Nodes.JsonObject", """new() { ["clientSecret"] = "SECRET", ["n"] = 1 }""", """{"clientSecret":"[redacted]","n":1}""")]
    public async Task Value_of_a_key_or_json_property_is_erased(string type, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Use({{type}} value) { } }""",
            $"Tools.Use({value.Replace("SECRET", _secret, StringComparison.Ordinal)});");

        Assert.Equal("value=" + json, run.Call.Arguments());
        LogBytes.AssertNotInLog(_secret);
    }

    [Fact]
    public async Task Secrets_in_events_recorded_by_hand_are_erased()
    {
        RecordedRun run = await RecordedRun.Of(
            "",
            $$"""session.RecordTool(new ToolRecord("login") { Params = { ["user"] = "me", ["password"] = "{{_secret}}" }, Returns = new System.Text.Json.Nodes.JsonObject { ["access_token"] = "{{_secret}}" } });""");

        Assert.Equal("""user="me", password="[redacted]" """.TrimEnd(), run.Call.Arguments());
        Assert.Equal("""{"access_token":"[redacted]"}""", run.Call.Returns!.ToString());
        LogBytes.AssertNotInLog(_secret);
    }
}
