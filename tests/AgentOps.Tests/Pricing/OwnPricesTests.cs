using AgentOps.Pricing;

namespace AgentOps.Tests.Pricing;

/// <summary>Prices of a file before the built-in ones: for whose calls they hold.</summary>
public sealed class OwnPricesTests
{
    private static readonly decimal s_builtIn = PriceTable.BuiltIn.Find("openai", "gpt-5")!.Rates.Input;

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("openrouter")]
    [InlineData(null)]
    public void A_price_of_a_seller_is_not_that_of_others(string? provider)
    {
        PriceTable table = Before("""{ "provider": "groq", "model": "gpt-5", "input": 77, "output": 77 }""");

        Assert.Equal(s_builtIn, Price(table, provider, "gpt-5"));
        Assert.Equal(77m, Price(table, "groq", "gpt-5"));
    }

    [Theory]
    [InlineData("azure")]
    [InlineData("azure.ai.openai")]
    [InlineData("azure_openai")]
    public void A_file_may_use_any_name_of_a_built_in_provider(string provider)
    {
        PriceTable table = Before("""{ "provider": "azure", "model": "gpt-5", "input": 77, "output": 77 }""");

        Assert.Equal(77m, Price(table, provider, "gpt-5"));
        Assert.Equal(s_builtIn, Price(table, "openai", "gpt-5"));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("openrouter")]
    [InlineData(null)]
    public void A_price_of_the_maker_holds_where_the_built_in_one_would(string? provider) =>
        Assert.Equal(77m, Price(Before("""{ "provider": "open_ai", "model": "gpt-5", "input": 77, "output": 77 }"""), provider, "gpt-5"));

    [Fact]
    public void What_a_provider_lists_itself_goes_before_the_price_of_the_one_it_falls_back_to()
    {
        PriceTable table = Before("""{ "provider": "openai", "model": "gpt-35-turbo", "input": 77, "output": 77 }""");

        Assert.Equal(Price(PriceTable.BuiltIn, "azure", "gpt-35-turbo"), Price(table, "azure", "gpt-35-turbo"));
    }

    [Fact]
    public void A_provider_of_ones_own_that_lists_some_models_keeps_the_makers_price_for_others()
    {
        PriceTable table = Before("""{ "provider": "house", "model": "gpt-5", "input": 77, "output": 77 }""");

        Assert.Equal(77m, Price(table, "house", "gpt-5"));
        Assert.Equal(Price(PriceTable.BuiltIn, null, "gpt-4.1"), Price(table, "house", "gpt-4.1"));
    }

    [Fact]
    public void A_file_may_give_a_built_in_provider_another_name_and_fallback()
    {
        PriceTable table = PriceTable.BuiltIn.With(PriceTable.Parse("""
            { "version": "mine", "providers": { "open_ai": { "aliases": ["oai"], "fallsBackTo": ["xai"] } },
              "models": [{ "provider": "oai", "model": "gpt-5", "input": 77, "output": 77 }] }
            """));

        Assert.Equal(77m, Price(table, "openai", "gpt-5"));
        Assert.Equal(77m, Price(table, null, "gpt-5"));
        Assert.Equal(Price(table, "x_ai", "grok-4"), Price(table, "oai", "grok-4"));
    }

    [Theory]
    [InlineData("openai", "gpt-5-2025-08-07")]
    [InlineData("openai", "gpt-5-2099-01-31")]
    [InlineData("azure", "gpt-5-2025-08-07")]
    [InlineData(null, "gpt-5-2025-08-07")]
    [InlineData(null, "openai/gpt-5-2025-08-07")]
    public void A_price_holds_for_the_dated_names_of_the_model_too(string? provider, string model)
    {
        PriceTable table = Before("""{ "provider": "openai", "model": "gpt-5", "input": 77, "output": 77 }""");

        Cost cost = table.CostOf(new(1_000_000, 0), provider, model);

        Assert.Equal((77m, "mine"), (cost.Usd, cost.PriceTable));
    }

    [Fact]
    public void A_price_of_a_short_name_holds_for_the_name_under_which_the_model_is_listed() =>
        Assert.Equal(77m, Price(Before("""{ "provider": "anthropic", "model": "claude-sonnet-4", "input": 77, "output": 77 }"""), "anthropic", "claude-sonnet-4-20250514"));

    [Fact]
    public void A_dated_name_that_is_sold_at_another_price_keeps_it()
    {
        PriceTable table = Before("""{ "provider": "openai", "model": "gpt-4o", "input": 77, "output": 77 }""");

        Assert.Equal(Price(PriceTable.BuiltIn, "openai", "gpt-4o-2024-05-13"), Price(table, "openai", "gpt-4o-2024-05-13"));
        Assert.Equal(77m, Price(table, "openai", "gpt-4o"));
    }

    [Theory]
    [InlineData("""{ "provider": "openai", "model": "gpt-5", "input": 77, "output": 77, "validFrom": "9999-01-01" }""")]
    [InlineData("""{ "provider": "openai", "model": "gpt-5*", "input": 77, "output": 77, "validFrom": "9999-01-01" }""")]
    [InlineData("""{ "provider": "azure", "model": "gpt-5", "input": 77, "output": 77, "validFrom": "9999-01-01" }""")]
    [InlineData("""{ "provider": "*", "model": "gpt-5", "input": 77, "output": 77, "validFrom": "9999-01-01" }""")]
    public void A_price_of_the_future_leaves_the_one_behind_it_until_its_day(string entry)
    {
        PriceTable table = Before(entry);

        foreach (string model in (string[])["gpt-5", "gpt-5-2025-08-07"])
        {
            Assert.Equal(s_builtIn, Price(table, "azure", model));
            Assert.Equal(77m, table.Find("azure", model, new DateOnly(9999, 1, 1))?.Rates.Input);
            Assert.Equal(s_builtIn, table.CostOf(new(1_000_000, 0), "azure", model).Usd);
        }
    }

    [Fact]
    public void A_name_of_the_future_leaves_the_pattern_until_its_day()
    {
        PriceTable table = PriceTable.Parse("""
            { "version": "1", "models": [
              { "provider": "p", "model": "*", "input": 1, "output": 1 },
              { "provider": "p", "model": "big-*", "input": 2, "output": 1, "validFrom": "9998-01-01" },
              { "provider": "p", "model": "big-1", "input": 3, "output": 1, "validFrom": "9999-01-01" } ] }
            """);

        Assert.Equal([1m, 2m, 3m], new[] { 9997, 9998, 9999 }.Select(year => table.Find("p", "big-1", new DateOnly(year, 6, 1))!.Rates.Input));
        Assert.Equal(1m, Price(table, "p", "big-1"));
    }

    [Theory]
    [InlineData("", "", 1)]
    [InlineData(""", "tiers": [{ "above": 5, "input": 2, "output": 2 }]""", """, "tiers": [{ "above": 5, "input": 2, "output": 2 }]""", 1)]
    [InlineData(""", "tiers": [{ "above": 5, "input": 2, "output": 2 }]""", "", null)]
    [InlineData(""", "tiers": [{ "above": 5, "input": 2, "output": 2 }]""", """, "tiers": [{ "above": 6, "input": 2, "output": 2 }]""", null)]
    [InlineData(""", "serviceTiers": { "flex": 0.5 }""", """, "serviceTiers": { "FLEX": 0.5 }""", 1)]
    [InlineData(""", "serviceTiers": { "flex": 0.5 }""", """, "serviceTiers": { "flex": 0.6 }""", null)]
    [InlineData(""", "serviceTiers": { "flex": 0.5 }""", """, "serviceTiers": { "batch": 0.5 }""", null)]
    public void All_sell_at_one_price_only_if_their_tiers_are_the_same_too(string one, string other, int? expected)
    {
        PriceTable table = PriceTable.Parse($$"""
            { "version": "1", "models": [
              { "provider": "p", "model": "m", "input": 1, "output": 1{{one}} },
              { "provider": "q", "model": "m", "input": 1, "output": 1{{other}} } ] }
            """);

        Assert.Equal(expected, table.Find(null, "m")?.Rates.Input);
    }

    private static PriceTable Before(string entry) => PriceTable.BuiltIn.With(PriceTable.Parse($$"""{ "version": "mine", "models": [{{entry}}] }"""));

    private static decimal? Price(PriceTable table, string? provider, string model) => table.Find(provider, model)?.Rates.Input;
}
