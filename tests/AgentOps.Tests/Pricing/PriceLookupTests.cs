using AgentOps.Pricing;

namespace AgentOps.Tests.Pricing;

/// <summary>Which entry a model's name leads to.</summary>
public sealed class PriceLookupTests
{
    [Theory]
    [InlineData("openai", "gpt-5", "gpt-5")]
    [InlineData("OpenAI", "GPT-5", "gpt-5")]
    [InlineData("openai", "gpt-5-mini", "gpt-5-mini")]
    [InlineData("openai", "gpt-5-2099-01-31", "gpt-5")]
    [InlineData("openai", "gpt-4o-2024-05-13", "gpt-4o-2024-05-13")]
    [InlineData("openai", "gpt-5.5", "gpt-5.5-2026-04-23")]
    [InlineData("anthropic", "claude-haiku-4-5", "claude-haiku-4-5-20251001")]
    [InlineData("gcp.vertex_ai", "claude-haiku-4-5@20251001", "claude-haiku-4-5-20251001")]
    [InlineData("azure", "gpt-5", "gpt-5")]
    [InlineData("azure.ai.openai", "gpt-35-turbo", "gpt-35-turbo")]
    [InlineData(null, "gpt-5", "gpt-5")]
    [InlineData(null, "openai/gpt-5", "gpt-5")]
    [InlineData("openrouter", "anthropic/claude-sonnet-4", "claude-sonnet-4-20250514")]
    [InlineData("gcp.gemini", "models/gemini-2.5-pro", "gemini-2.5-pro")]
    [InlineData("gcp.vertex_ai", "publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro")]
    [InlineData("aws.bedrock", "global.anthropic.claude-sonnet-4-20250514-v1:0", "anthropic.claude-sonnet-4-20250514-v1:0")]
    [InlineData("aws.bedrock", "eu.amazon.nova-pro-v1:0", "eu.amazon.nova-pro-v1:0")]
    [InlineData("our-proxy", "gpt-5", "gpt-5")]
    public void Finds(string? provider, string model, string entry) =>
        Assert.Equal(entry, PriceTable.BuiltIn.Find(provider, model)?.Model);

    [Theory]
    [InlineData("openai", "gpt-5-turbo")]
    [InlineData("openai", "my-gpt-5")]
    [InlineData("openai", "gpt-5-2099-1-1")]
    [InlineData("anthropic", "gpt-5")]
    [InlineData("openai", "")]
    [InlineData("openai", null)]
    [InlineData(null, "anything/else")]
    // Several sell it at different prices, and nobody says who did.
    [InlineData(null, "openai/gpt-oss-120b")]
    // Free for those who run it themselves, which nobody said.
    [InlineData(null, "llama3.3")]
    public void Finds_none(string? provider, string? model) => Assert.Null(PriceTable.BuiltIn.Find(provider, model));

    [Fact]
    public void Of_several_patterns_the_most_specific_counts_and_a_name_before_all()
    {
        PriceTable table = PriceTable.Parse("""
            { "version": "1", "models": [
              { "provider": "p", "model": "*", "input": 1, "output": 1 },
              { "provider": "p", "model": "big-*", "input": 2, "output": 1 },
              { "provider": "p", "model": "big-*-fast", "input": 3, "output": 1 },
              { "provider": "p", "model": "big-##", "input": 4, "output": 1 },
              { "provider": "p", "model": "big-77", "input": 5, "output": 1 } ] }
            """);

        Assert.Equal([1m, 2m, 3m, 4m, 5m, 2m],
            new[] { "small", "big-red", "big-red-fast", "big-12", "BIG-77", "big-1" }.Select(model => table.Find("p", model)!.Rates.Input));
    }

    [Fact]
    public void The_price_of_the_day_counts()
    {
        PriceTable table = PriceTable.Parse("""
            { "version": "1", "models": [
              { "provider": "p", "model": "m", "input": 1, "output": 1 },
              { "provider": "p", "model": "m", "input": 3, "output": 1, "validFrom": "2026-06-01" },
              { "provider": "p", "model": "m", "input": 2, "output": 1, "validFrom": "2026-01-01" } ] }
            """);

        Assert.Equal([1m, 2m, 2m, 3m],
            new[] { "2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01" }.Select(day => table.Find("p", "m", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))!.Rates.Input));
        Assert.Equal(0.000001m, table.CostOf(new(1, 0), "p", "m", at: new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero)).Usd);
    }

    [Fact]
    public void Own_prices_go_before_the_built_in_ones()
    {
        PriceTable table = PriceTable.BuiltIn.With("deal-7", new ModelPrice
        {
            Provider = "openai",
            Model = "gpt-5*",
            Rates = new TokenRates { Input = 1, Output = 2 },
        });

        Cost cost = table.CostOf(new(1_000_000, 0), "openai", "gpt-5-mini");
        Cost other = table.CostOf(new(1_000_000, 0), "openai", "gpt-4.1");

        Assert.Equal((1m, "deal-7"), (cost.Usd, cost.PriceTable));
        Assert.Equal((2m, PriceTable.BuiltIn.Version), (other.Usd, other.PriceTable));
        Assert.Equal("deal-7+" + PriceTable.BuiltIn.Version, table.Version);
    }

    [Fact]
    public void Own_prices_may_use_the_providers_other_names_and_hold_for_any()
    {
        PriceTable table = PriceTable.BuiltIn.With("mine",
            new ModelPrice { Provider = "xai", Model = "grok-4", Rates = new TokenRates { Input = 9, Output = 9 } },
            new ModelPrice { Provider = "*", Model = "house-model", Rates = new TokenRates { Input = 8, Output = 8 } });

        Assert.Equal(9m, table.Find("x_ai", "grok-4")!.Rates.Input);
        Assert.Equal(8m, table.Find("vllm", "house-model")!.Rates.Input);
        Assert.Equal(8m, table.Find(null, "house-model")!.Rates.Input);
    }

    [Fact]
    public void Made_up_names_do_not_fill_the_memory()
    {
        PriceTable table = PriceTable.Parse("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1 }] }""");
        for (int i = 0; i < 10_000; i++)
            Assert.Null(table.Find("p", $"no-{i}"));

        Assert.InRange(table.RememberedCount, 1, 4096);
        Assert.NotNull(table.Find("p", "m"));
    }
}
