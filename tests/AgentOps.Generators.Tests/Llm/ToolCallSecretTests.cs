using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>What a model gives a tool under the name of a secret is kept out of the record, whatever form the client's package has it in.</summary>
public sealed class ToolCallSecretTests
{
    private const string Kept = """{"user":"ann","password":"[redacted]"}""";

    private readonly string _secret = "sk-" + Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData("OpenAI chat")]
    [InlineData("Anthropic")]
    [InlineData("Anthropic.SDK")]
    [InlineData("Microsoft.Extensions.AI")]
    [InlineData("Azure.AI.Inference")]
    public async Task Secret_in_an_answer(string package)
    {
        ProviderRow row = ProviderRows.Values.Single(row => row.Name == package);

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(row.Declarations, row.Type, WithSecret(row.Values[0]));

        Assert.All(calls.Values, static llm => Assert.Equal(Kept, Assert.Single(llm.ToolCalls).Arguments?.Replace(" ", "", StringComparison.Ordinal)));
        LogBytes.AssertNotInLog(_secret);
    }

    [Fact]
    public async Task Secret_that_comes_in_pieces()
    {
        ProviderRow row = ProviderRows.Streams.Single(static row => row.Name == "OpenAI chat");
        string half = _secret[..9];
        string[] chunks = [.. row.Values.Select(chunk => chunk
            .Replace("""{\"city\":""", $$"""{\"user\":\"ann\",\"pass""", StringComparison.Ordinal)
            .Replace("""\"Lisbon\"}""", $$"""word\":\"{{_secret}}\"}""", StringComparison.Ordinal))];

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(row.Declarations, row.Type, chunks);

        Assert.Equal(Kept, Assert.Single(calls["Whole"].ToolCalls).Arguments);
        Assert.All(calls.Values, llm => Assert.DoesNotContain(half, llm.Tools(), StringComparison.Ordinal));
        LogBytes.AssertNotInLog(_secret);
    }

    private string WithSecret(string value) => value
        .Replace("[\"city\"] = \"Lisbon\"", $"[\"user\"] = \"ann\", [\"password\"] = System.Text.Json.Nodes.JsonValue.Create(\"{_secret}\")", StringComparison.Ordinal)
        .Replace("\\\"city\\\": \\\"Lisbon\\\"", $"\\\"user\\\": \\\"ann\\\", \\\"password\\\": \\\"{_secret}\\\"", StringComparison.Ordinal)
        .Replace("\\\"city\\\":\\\"Lisbon\\\"", $"\\\"user\\\":\\\"ann\\\",\\\"password\\\":\\\"{_secret}\\\"", StringComparison.Ordinal)
        .Replace("\"city\":\"Lisbon\"", $"\"user\":\"ann\",\"password\":\"{_secret}\"", StringComparison.Ordinal);
}
