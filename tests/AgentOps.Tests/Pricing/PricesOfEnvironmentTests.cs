using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Metrics;
using AgentOps.Pricing;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Pricing;

/// <summary>The file that <c>AGENTOPS_PRICES</c> names: whoever runs the program is told that the variable is to blame.</summary>
public sealed class PricesOfEnvironmentTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_the_variable_the_built_in_table_counts(string? path) => Assert.Same(PriceTable.BuiltIn, PriceTable.OfEnvironment(path));

    [Fact]
    public void The_file_goes_before_the_built_in_table()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("prices.json", """{ "version": "mine", "models": [{ "provider": "openai", "model": "gpt-5", "input": 7, "output": 9 }] }"""u8.ToArray());

        PriceTable table = PriceTable.OfEnvironment(path);

        Assert.Equal("mine+" + PriceTable.BuiltIn.Version, table.Version);
    }

    [Fact]
    public void A_missing_file_is_named_with_the_variable()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("none.json");

        FileNotFoundException refused = Assert.Throws<FileNotFoundException>(() => PriceTable.OfEnvironment(path));

        AssertBlames(path, refused);
        Assert.Equal(path, refused.FileName);
    }

    [Fact]
    public void A_missing_folder_is_named_with_the_variable()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("none/prices.json");

        AssertBlames(path, Assert.Throws<DirectoryNotFoundException>(() => PriceTable.OfEnvironment(path)));
    }

    [Fact]
    public void A_folder_is_named_with_the_variable()
    {
        using var folder = new TemporaryFolder();

        AssertBlames(folder.Path, Assert.Throws<UnauthorizedAccessException>(() => PriceTable.OfEnvironment(folder.Path)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "version": "1", "modles": [] }""")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "azure", "model": "m", "input": 1, "output": 1 }, { "provider": "azure.ai.openai", "model": "m", "input": 2, "output": 1 }] }""")]
    public void A_malformed_file_is_named_with_the_variable(string json)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("prices.json", System.Text.Encoding.UTF8.GetBytes(json));

        AssertBlames(path, Assert.Throws<InvalidDataException>(() => PriceTable.OfEnvironment(path)));
    }

    [Fact]
    public void An_export_asks_for_prices_at_the_first_model_call()
    {
        using var session = Session.Start();
        session.RecordTool(new ToolRecord("search"));
        session.RecordLlm(new LlmRecord());
        IReadOnlyList<AgentEvent> events = session.ReadEvents();
        var prices = new Lazy<PriceTable>(static () => PriceTable.BuiltIn);
        var writer = new JsonLineWriter(prices, CountedCalls.Of(events));

        List<bool> asked = [.. events.Select(e =>
        {
            using var json = new System.Text.Json.Utf8JsonWriter(Stream.Null);
            writer.Write(json, e);
            return prices.IsValueCreated;
        })];

        Assert.Equal(events.Select((_, i) => events.Take(i + 1).OfType<LlmEvent>().Any()), asked);
        Assert.Contains(false, asked);
        Assert.Contains(true, asked);
    }

    private static void AssertBlames(string path, Exception refused)
    {
        Assert.StartsWith($"AGENTOPS_PRICES names '{path}': ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("; correct the file or unset the variable.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.InnerException);
    }
}
