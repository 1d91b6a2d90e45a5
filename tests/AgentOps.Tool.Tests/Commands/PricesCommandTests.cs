using System.Text.Json;
using AgentOps.Pricing;
using AgentOps.Tool.Prices;
using AgentOps.Tool.Tests.Support;

namespace AgentOps.Tool.Tests.Commands;

public sealed class PricesCommandTests
{
    private static readonly DateOnly s_day = new(2026, 3, 1);

    private static readonly PriceTable s_prices = PriceTable.Parse("""
        {
          "version": "house-1",
          "providers": { "openai": { "aliases": ["oai"], "isFirstParty": true }, "azure": { "fallsBackTo": ["openai"] } },
          "models": [
            { "provider": "openai", "model": "gpt-9", "also": ["gpt-9-####"], "input": 1, "output": 2 },
            { "provider": "openai", "model": "gpt-10", "input": 1, "output": 2, "validFrom": "2027-01-01" },
            { "provider": "here", "model": "llama", "input": 1, "output": 2 },
            { "provider": "there", "model": "llama", "input": 3, "output": 4 },
            { "provider": "ollama", "model": "*", "input": 0, "output": 0 }
          ]
        }
        """);

    [Theory]
    [InlineData(null, "gpt-9", "the entry has exactly this name")]
    [InlineData(null, "GPT-9-0815", "it fits the pattern 'gpt-9-####' of the entry 'gpt-9'")]
    [InlineData(null, "openai/gpt-9", "'openai/gpt-9' is 'gpt-9' at 'openai'")]
    [InlineData("oai", "gpt-9", "'oai' leads to the prices of 'openai'")]
    [InlineData("azure", "gpt-9", "'azure' leads to the prices of 'openai'")]
    [InlineData(null, "gpt-9", "no provider was given: 'openai' makes the model")]
    [InlineData(null, "gpt-9-mini", "no entry has the name 'gpt-9-mini'")]
    [InlineData(null, "gpt-10", "its entries hold only from 2027-01-01 on")]
    [InlineData(null, "llama", "here, there sell it at different prices; say which with --provider")]
    [InlineData("azure", "llama", "'azure' does not list it; here, there do")]
    public void It_is_said_why_a_name_leads_to_an_entry_or_to_none(string? provider, string model, string why)
    {
        PriceExplanation explained = PriceExplanation.Of(s_prices, provider, model, s_day);

        Assert.Contains(explained.Steps, step => step.StartsWith(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_without_a_price_ends_with_trouble_and_a_guess()
    {
        ToolResult result = await ToolUnderTest.RunAsync("unused", "prices", "resolve", "gtp-5");

        Assert.StartsWith("✗ 'gtp-5' has no price; what it cost is unknown\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean gpt-5", result.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Trouble, result.ExitCode);
    }

    [Fact]
    public async Task Entry_is_shown_with_its_table()
    {
        ToolResult result = await ToolUnderTest.RunAsync("unused", "prices", "resolve", "openai/gpt-5", "--json");

        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(PriceTable.BuiltIn.Version, json.GetProperty("table").GetString());
        Assert.Equal("gpt-5", json.GetProperty("price").GetProperty("model").GetString());
        Assert.Equal(ExitCodes.Ok, result.ExitCode);
    }

    [Fact]
    public async Task All_words_of_a_search_must_be_in_a_name()
    {
        ToolResult found = await ToolUnderTest.RunAsync("unused", "prices", "search", "anthropic", "sonnet-4-5");
        ToolResult none = await ToolUnderTest.RunAsync("unused", "prices", "search", "anthropic", "gpt");

        Assert.Contains("claude-sonnet-4-5", found.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("openai", found.Output, StringComparison.Ordinal);
        Assert.StartsWith("No price has 'anthropic' and 'gpt' in its name.", none.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Trouble, none.ExitCode);
    }

    [Fact]
    public async Task List_has_all_prices_of_a_provider()
    {
        ToolResult result = await ToolUnderTest.RunAsync("unused", "prices", "list", "--provider", "Groq", "--json");

        int expected = PriceTable.BuiltIn.Prices.Count(static price => price.Provider == "groq");
        Assert.Equal(expected, JsonDocument.Parse(result.Output).RootElement.GetProperty("prices").GetArrayLength());
    }
}
