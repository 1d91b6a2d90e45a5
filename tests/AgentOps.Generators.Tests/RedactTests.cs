namespace AgentOps.Generators.Tests;

/// <summary>What is marked <c>[Redact]</c> is neither read nor written, neither to events nor to the bytes of the log.</summary>
public sealed class RedactTests
{
    private readonly string _secret = "sk-" + Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("string", "\"{0}\"")]
    [InlineData("string[]", "[\"{0}\"]")]
    [InlineData("ReadOnlySpan<char>", "\"{0}\".AsSpan()")]
    [InlineData("object", "\"{0}\"")]
    [InlineData("Dictionary<string, string>", "new() {{ [\"{0}\"] = \"{0}\" }}")]
    [InlineData("byte[]", "\"{0}\"u8.ToArray()")]
    public async Task Parameter_is_not_recorded(string type, string value)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static int Use(int a, [Redact] {{type}} key, int b) => a; }""",
            $"Tools.Use(1, {string.Format(System.Globalization.CultureInfo.InvariantCulture, value, _secret)}, 2);");

        Assert.Equal("a=1, key=\"[redacted]\", b=2", run.Call.Arguments());
        AssertNotInLog();
    }

    [Theory]
    [InlineData("public sealed class Login { [Redact] public string Key { get; init; } = \"\"; public int Age => 3; }", "new Login { Key = secret }", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public struct Login { [Redact] public string Key; public int Age => 3; }", "new Login { Key = secret }", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public sealed record Login([Redact] string Key, int Age);", "new Login(secret, 3)", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public sealed record Login([property: Redact] string Key, int Age);", "new Login(secret, 3)", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public readonly record struct Login([Redact] string Key, int Age);", "new Login(secret, 3)", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public record Base([Redact] string Key); public sealed record Login(string Key, int Age) : Base(Key);", "new Login(secret, 3)", """{"Key":"[redacted]","Age":3}""")]
    [InlineData("public abstract class Base { [Redact] public abstract string Key { get; init; } } public sealed class Login : Base { public override string Key { get; init; } = \"\"; }", "new Login { Key = secret }", """{"Key":"[redacted]"}""")]
    [InlineData("public interface IKeyed { [Redact] string Key { get; } } public sealed class Login : IKeyed { public string Key { get; init; } = \"\"; }", "new Login { Key = secret }", """{"Key":"[redacted]"}""")]
    public async Task Member_is_not_recorded_however_it_is_marked(string type, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{type}}
            public static class Tools { [RecordTool] public static Login Use(Login login, List<Login> logins) => login; }
            """,
            $$"""string secret = "{{_secret}}"; Tools.Use({{value}}, [{{value}}]);""");

        Assert.Equal($"login={json}, logins=[{json}]", run.Call.Arguments());
        Assert.Equal(json, run.Call.Returns!.ToString());
        AssertNotInLog();
    }

    [Fact]
    public async Task Getter_of_a_redacted_property_is_not_called()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Login { public static int Reads; [Redact] public string Key { get { Reads++; return "key"; } } public string Open => "open"; }
            public static class Tools { [RecordTool] public static Login Use(Login login) => login; }
            """,
            "Tools.Use(new Login()); Check.That(Login.Reads == 0);");

        Assert.Equal("""login={"Key":"[redacted]","Open":"open"}""", run.Call.Arguments());
    }

    [Theory]
    [InlineData("static string Use() => ", "Tools.Use()")]
    [InlineData("static async Task<string> Use() => await Task.FromResult<string>", "await Tools.Use()")]
    [InlineData("static async ValueTask<string> Use() => await Task.FromResult<string>", "await Tools.Use()")]
    public async Task Return_value_is_not_recorded(string method, string call)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] [return: Redact] public {{method}}("{{_secret}}"); }""",
            $$"""Check.That({{call}} == "{{_secret}}");""");

        Assert.Equal("\"[redacted]\"", run.Call.Returns!.ToString());
        AssertNotInLog();
    }

    [Fact]
    public async Task Items_of_a_stream_are_counted_and_not_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] [return: Redact] public static async IAsyncEnumerable<string> Use() { yield return "{{_secret}}"; await Task.Yield(); yield return "{{_secret}}"; } }""",
            "await foreach (string item in Tools.Use()) { }");

        Assert.Equal("""["[redacted]","[redacted]"]""", run.Call.Returns!.Property("items")!.ToString());
        AssertNotInLog();
    }

    [Fact]
    public async Task Streamed_answer_of_a_model_is_not_put_together()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            using OpenAI.Chat;
            #pragma warning disable OPENAI001 // The factory's longer overloads.
            public static class Model
            {
                [RecordLlm] [return: Redact] public static async IAsyncEnumerable<StreamingChatCompletionUpdate> Ask([Redact] string prompt)
                {
                    await Task.Yield();
                    yield return OpenAIChatModelFactory.StreamingChatCompletionUpdate(
                        contentUpdate: new ChatMessageContent("{{_secret}}"), model: "gpt-5", usage: OpenAIChatModelFactory.ChatTokenUsage(inputTokenCount: 3));
                }
            }
            """,
            $$"""await foreach (var update in Model.Ask("{{_secret}}")) { }""");

        var llm = Assert.IsType<Events.LlmEvent>(run.Call);
        Assert.Equal(("gpt-5", 3L, "\"[redacted]\""), (llm.Model, llm.Usage!.InputTokens, llm.Prompt!.ToString()));
        AssertNotInLog();
    }

    [Fact]
    public async Task Mark_on_an_interface_or_base_method_covers_implementations_and_overrides()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IVault { [RecordTool] [return: Redact] string Open([Redact] string key); }
            public sealed class Vault : IVault { public string Open(string key) => key; }
            public abstract class Safe { [RecordTool] [return: Redact] public abstract string Look([Redact] string key); }
            public sealed class SmallSafe : Safe { public override string Look(string key) => key; }
            """,
            $$"""new Vault().Open("{{_secret}}"); ((IVault)new Vault()).Open("{{_secret}}"); new SmallSafe().Look("{{_secret}}");""");

        Assert.Equal(3, run.Events.OfType<Events.ToolEvent>().Count());
        Assert.All(run.Events.OfType<Events.ToolEvent>(), e => Assert.Equal(("key=\"[redacted]\"", "\"[redacted]\""), (e.Arguments(), e.Returns!.ToString())));
        AssertNotInLog();
    }

    [Theory]
    [InlineData("public interface IVault { [RecordTool] string Open(string key); } public sealed class Vault : IVault { [return: Redact] public string Open([Redact] string key) => key; }")]
    [InlineData("public interface IVault { [RecordTool] string Open(string key); } public sealed class Vault : IVault { [return: Redact] string IVault.Open([Redact] string key) => key; }")]
    [InlineData("public interface IVault { [RecordTool] string Open(string key); } public abstract class Base : IVault { public abstract string Open(string key); } public sealed class Vault : Base { [return: Redact] public override string Open([Redact] string key) => key; }")]
    [InlineData("public interface IVault { [RecordTool] [return: Redact] string Open([Redact] string key); } public abstract class Base : IVault { public virtual string Open(string key) => key; } public sealed class Vault : Base { public override string Open(string key) => key; }")]
    [InlineData("public abstract class IVault { [RecordTool] public abstract string Open(string key); } public sealed class Vault : IVault { [return: Redact] public override string Open([Redact] string key) => key; }")]
    public async Task Mark_on_an_implementation_or_override_covers_calls_through_the_interface_or_base(string types)
    {
        RecordedRun run = await RecordedRun.Of(types, $$"""IVault vault = new Vault(); Check.That(vault.Open("{{_secret}}") == "{{_secret}}"); if (vault is Vault same) _ = same is IVault ? ((IVault)same).Open("{{_secret}}") : "";""");

        Assert.All(run.Events.OfType<Events.ToolEvent>(), e => Assert.Equal(("key=\"[redacted]\"", "\"[redacted]\""), (e.Arguments(), e.Returns!.ToString())));
        Assert.Equal(2, run.Events.OfType<Events.ToolEvent>().Count());
        AssertNotInLog();
    }

    private void AssertNotInLog() => LogBytes.AssertNotInLog(_secret);
}
