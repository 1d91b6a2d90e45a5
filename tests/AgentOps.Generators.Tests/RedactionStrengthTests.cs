using System.Text.RegularExpressions;

namespace AgentOps.Generators.Tests;

/// <summary>What is left of a redacted value: nothing, a keyed digest, or its last characters. The strictest of all marks counts.</summary>
public sealed partial class RedactionStrengthTests
{
    private readonly string _secret = "sk-" + Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Hash_is_equal_for_equal_values_and_different_for_others()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static void Use([Redact(Redaction.Hash)] string a, [Redact(Redaction.Hash)] ReadOnlySpan<char> b, [Redact(Redaction.Hash)] object c, [Redact(Redaction.Hash)] string d) { } }",
            $$"""Tools.Use("{{_secret}}", "{{_secret}}", "{{_secret}}", "{{_secret}}!");""");

        string[] hashes = [.. run.Call.Params.Select(static p => p.Value.AsText() ?? p.Value.ToString())];
        Assert.All(hashes, static hash => Assert.Matches(Digest(), hash));
        Assert.Single(hashes.Take(3).Distinct());
        Assert.NotEqual(hashes[0], hashes[3]);
        LogBytes.AssertNotInLog(_secret);
    }

    [Theory]
    [InlineData("int", "12345678")]
    [InlineData("long?", "123456789012")]
    [InlineData("Guid", "Guid.NewGuid()")]
    [InlineData("decimal", "1.5m")]
    [InlineData("DateTime", "DateTime.UtcNow")]
    [InlineData("DayOfWeek", "DayOfWeek.Friday")]
    [InlineData("Uri", "new Uri(\"https://host/path\")")]
    [InlineData("byte[]", "[1, 2, 3]")]
    [InlineData("ReadOnlyMemory<byte>", "new byte[] { 1, 2, 3 }")]
    [InlineData("Memory<char>", "\"text\".ToCharArray()")]
    [InlineData("Int128", "5")]
    public async Task Values_that_have_a_text_are_hashed(string type, string value)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] [return: Redact(Redaction.Hash)] public static {{type}} Use([Redact(Redaction.Hash)] {{type}} value) => value; }""",
            $"Tools.Use({value});");

        Assert.Matches(Digest(), run.Call.Returns!.ToString());
        Assert.Equal("value=" + run.Call.Returns!, run.Call.Arguments());
    }

    [Theory]
    [InlineData("List<string>", "[\"some secret\"]")]
    [InlineData("Login", "new Login(\"some secret\")")]
    [InlineData("Dictionary<string, string>", "new() { [\"k\"] = \"some secret\" }")]
    [InlineData("object", "new Login(\"some secret\")")]
    public async Task Values_that_have_no_text_are_erased_where_a_hash_or_mask_is_asked_for(string type, string value)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public sealed record Login(string Key);
            public static class Tools { [RecordTool] public static void Use([Redact(Redaction.Hash)] {{type}} a, [Redact(Redaction.Mask)] {{type}} b) { } }
            """,
            $"Tools.Use({value}, {value});");

        Assert.Equal("a=\"[redacted]\", b=\"[redacted]\"", run.Call.Arguments());
    }

    [Theory]
    [InlineData("string", "\"4111111111111111\"", "\"***1111\"")]
    [InlineData("string", "\"123456789012\"", "\"***9012\"")]
    [InlineData("string", "\"12345678901\"", "\"[redacted]\"")]
    [InlineData("string", "\"\"", "\"[redacted]\"")]
    [InlineData("string?", "null", "null")]
    [InlineData("string", "\"aaaaaaaaaaaa\\U0001F600bcd\"", "\"***bcd\"")]
    [InlineData("ReadOnlySpan<char>", "\"4111111111111111\".AsSpan()", "\"***1111\"")]
    [InlineData("long", "4111111111111111", "\"***1111\"")]
    [InlineData("int", "12345", "\"[redacted]\"")]
    [InlineData("Guid", "new Guid(\"00112233-4455-6677-8899-aabbccddeeff\")", "\"***eeff\"")]
    [InlineData("object", "\"4111111111111111\"", "\"***1111\"")]
    [InlineData("byte[]", "new byte[50]", "\"[redacted]\"")]
    [InlineData("Span<byte>", "new byte[50]", "\"[redacted]\"")]
    public async Task Mask_keeps_the_last_four_characters_of_twelve_and_more(string type, string value, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] public static void Use([Redact(Redaction.Mask)] {{type}} card) { } }""",
            $"Tools.Use({value});");

        Assert.Equal("card=" + json, run.Call.Arguments());
    }

    [Theory]
    [InlineData("[Redact] public sealed record Secret(string Value);", "\"[redacted]\"")]
    [InlineData("[Redact] public abstract record Hidden; public sealed record Secret(string Value) : Hidden;", "\"[redacted]\"")]
    [InlineData("[Redact] public interface IHidden; public sealed record Secret(string Value) : IHidden;", "\"[redacted]\"")]
    [InlineData("[Redact(Redaction.Hash)] public readonly record struct Secret(string Value);", "\"[redacted]\"")]
    public async Task Type_that_is_marked_is_kept_out_wherever_it_stands(string declaration, string json)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            {{declaration}}
            public sealed record Holder(Secret Own, List<Secret> More);
            public static class Tools { [RecordTool] public static Secret Use(Secret own, Secret[] many, Holder holder) => own; }
            """,
            $$"""var s = new Secret("{{_secret}}"); Tools.Use(s, [s], new Holder(s, [s]));""");

        Assert.Equal($"own={json}, many=[{json}], holder={{\"Own\":{json},\"More\":[{json}]}}", run.Call.Arguments());
        Assert.Equal(json, run.Call.Returns!.ToString());
        LogBytes.AssertNotInLog(_secret);
    }

    [Theory]
    [InlineData("Redaction.Hash", "Redaction.Mask", true)]
    [InlineData("Redaction.Mask", "Redaction.Hash", true)]
    [InlineData("Redaction.None", "Redaction.Hash", true)]
    [InlineData("Redaction.Erase", "Redaction.None", false)]
    [InlineData("Redaction.Mask", "Redaction.Erase", false)]
    public async Task Strictest_of_the_marks_of_interface_and_implementation_counts(string onInterface, string onImplementation, bool isHash)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            public interface IVault { [RecordTool] [return: Redact({{onInterface}})] string Open([Redact({{onInterface}})] string key); }
            public sealed class Vault : IVault { [return: Redact({{onImplementation}})] public string Open([Redact({{onImplementation}})] string key) => key; }
            public abstract class Base { [Redact({{onInterface}})] public abstract string Key { get; } }
            public sealed class Derived(string key) : Base { [Redact({{onImplementation}})] public override string Key => key; }
            public static class Tools { [RecordAction] public static void Use(Derived value) { } }
            """,
            $$"""new Vault().Open("{{_secret}}"); Tools.Use(new Derived("{{_secret}}"));""");

        string left = run.Named("Open").Returns!.ToString();
        Assert.Matches(isHash ? Digest() : Erased(), left);
        Assert.Equal("key=" + left, run.Named("Open").Arguments());
        Assert.Equal($"value={{\"Key\":{left}}}", run.Named("Use").Arguments());
        LogBytes.AssertNotInLog(_secret);
    }

    [Theory]
    [InlineData("public sealed class Login { [Redact(Redaction.Mask)] public string Card { get; init; } = \"\"; }")]
    [InlineData("public struct Login { [Redact(Redaction.Mask)] public string Card; }")]
    [InlineData("public sealed record Login([Redact(Redaction.Mask)] string Card) { public Login() : this(\"\") { } }")]
    [InlineData("public sealed class Login { [field: Redact(Redaction.Mask)] public string Card { get; init; } = \"\"; }")]
    public async Task Member_has_the_strength_of_its_mark(string declaration)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""{{declaration}} public static class Tools { [RecordTool] public static void Use(Login login) { } }""",
            """Tools.Use(new Login { Card = "4111111111111234" });""");

        Assert.Equal("""login={"Card":"***1234"}""", run.Call.Arguments());
    }

    [Fact]
    public async Task Hashed_items_of_a_stream_are_hashed_each()
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""public static class Tools { [RecordTool] [return: Redact(Redaction.Hash)] public static async IAsyncEnumerable<string> Use() { yield return "{{_secret}}"; await Task.Yield(); yield return "other"; } }""",
            "await foreach (string item in Tools.Use()) { }");

        Assert.Equal(2, Digest().Count(run.Call.Returns!.Property("items")!.ToString()));
        LogBytes.AssertNotInLog(_secret);
    }

    [GeneratedRegex("\\[redacted [0-9a-f]{14}\\]")]
    private static partial Regex Digest();

    [GeneratedRegex("^\"\\[redacted\\]\"$")]
    private static partial Regex Erased();
}
