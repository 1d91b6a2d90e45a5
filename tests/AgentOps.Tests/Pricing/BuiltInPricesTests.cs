using AgentOps.Pricing;

namespace AgentOps.Tests.Pricing;

/// <summary>The table that comes with the package.</summary>
public sealed class BuiltInPricesTests
{
    [Fact]
    public void It_knows_many_models_of_many_providers_each_with_source_and_date()
    {
        IReadOnlyList<ModelPrice> prices = PriceTable.BuiltIn.Prices;

        Assert.True(prices.Count >= 250, $"{prices.Count} models");
        Assert.True(prices.Select(static p => p.Provider).Distinct().Count() >= 8);
        Assert.All(prices, static price =>
        {
            Assert.False(string.IsNullOrEmpty(price.Source), price.ToString());
            Assert.NotNull(price.AsOf);
        });
        Assert.Contains(prices, static p => p.SizeTiers.Count > 0);
        Assert.Contains(prices, static p => p.ServiceTiers.ContainsKey("flex"));
    }

    [Theory]
    [InlineData("openai", "gpt-5", 1.25, 10, 0.125, null)]
    [InlineData("anthropic", "claude-sonnet-4-20250514", 3, 15, 0.3, 3.75)]
    [InlineData("gcp.gemini", "gemini-2.5-pro", 1.25, 10, 0.125, null)]
    [InlineData("openai", "gpt-4o", 2.5, 10, 1.25, null)]
    [InlineData("anthropic", "claude-opus-4-1-20250805", 15, 75, 1.5, 18.75)]
    [InlineData("openai", "o3", 2, 8, 0.5, null)]
    [InlineData("deepseek", "deepseek-chat", 0.27, 1.1, 0.07, null)]
    [InlineData("mistral_ai", "mistral-large-latest", 2, 6, null, null)]
    [InlineData("x_ai", "grok-4", 3, 15, null, null)]
    public void Well_known_prices_are_right(string provider, string model, double input, double output, double? cacheRead, double? cacheWrite)
    {
        TokenRates rates = PriceTable.BuiltIn.Find(provider, model)!.Rates;

        Assert.Equal(((decimal)input, (decimal)output, (decimal?)cacheRead, (decimal?)cacheWrite),
            (rates.Input, rates.Output, rates.CacheRead, rates.CacheWrite5Minutes));
    }

    [Fact]
    public void Only_what_is_really_free_costs_nothing()
    {
        Assert.All(PriceTable.BuiltIn.Prices.Where(static p => p.Rates.IsFree), static price =>
            Assert.True(price.Provider == "ollama" || price.Model.Contains("moderation", StringComparison.Ordinal) || price.Model.EndsWith("-Free", StringComparison.Ordinal), price.ToString()));
    }

    [Fact]
    public void Reading_a_cache_costs_no_more_than_input_and_writing_one_no_less()
    {
        Assert.All(PriceTable.BuiltIn.Prices, static price =>
        {
            Assert.True((price.Rates.CacheRead ?? 0) <= price.Rates.Input, $"{price}: cache read");
            Assert.True((price.Rates.CacheWrite5Minutes ?? price.Rates.Input) >= price.Rates.Input, $"{price}: cache write");
            Assert.True((price.Rates.CacheWrite1Hour ?? decimal.MaxValue) >= (price.Rates.CacheWrite5Minutes ?? price.Rates.Input), $"{price}: cache write for an hour");
        });
    }
}
