using AgentOps.Pricing;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Pricing;

/// <summary>Price files, good and bad: what is wrong is named with the mend.</summary>
public sealed class PriceFileTests
{
    [Fact]
    public void A_file_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "prices.json");
        File.WriteAllText(path, """
            {
              // Comments and trailing commas are fine.
              "version": "deal-7",
              "unit": "USD per million tokens",
              "providers": { "house": { "aliases": ["home"], "fallsBackTo": ["openai"], "isFirstParty": true } },
              "models": [
                { "provider": "home", "model": "big", "also": ["big-##"], "input": 1.5, "output": 6, "cacheRead": 0.15, "cacheWrite5m": 2, "cacheWrite1h": 3,
                  "reasoning": 7, "audioInput": 8, "audioOutput": 9, "tiers": [{ "above": 1000, "input": 2, "output": 7 }],
                  "serviceTiers": { "flex": 0.5, "Turbo": { "input": 9, "output": 9 } }, "validFrom": "2026-01-01", "source": "contract", "asOf": "2026-02-03" },
              ],
            }
            """);

        ModelPrice price = PriceTable.Load(path).Find("house", "big-12")!;

        Assert.Equal((1.5m, 6m, 0.15m, 2m), (price.Rates.Input, price.Rates.Output, price.Rates.CacheRead, price.Rates.CacheWrite5Minutes));
        Assert.Equal((3m, 7m, 8m, 9m), (price.Rates.CacheWrite1Hour, price.Rates.Reasoning, price.Rates.AudioInput, price.Rates.AudioOutput));
        Assert.Equal(new SizeTier(1000, new TokenRates { Input = 2, Output = 7 }), Assert.Single(price.SizeTiers));
        Assert.Equal((0.5m, 9m), (price.ServiceTiers["flex"].Multiplier, price.ServiceTiers["turbo"].Rates!.Input));
        Assert.Equal((new DateOnly(2026, 1, 1), "contract", new DateOnly(2026, 2, 3)), (price.ValidFrom, price.Source, price.AsOf));
    }

    [Theory]
    [InlineData("", "no valid JSON")]
    [InlineData("{ \"version\": ", "no valid JSON")]
    [InlineData("[]", "is a list. It must be an object")]
    [InlineData("""{ "models": [] }""", "has no \"version\"")]
    [InlineData("""{ "version": "1", "unit": "USD per token" }""", "'USD per token'. Prices are 'USD per million tokens'")]
    [InlineData("""{ "version": "1", "modles": [] }""", "\"modles\" is not known. Known are: version, unit, providers, models")]
    [InlineData("""{ "version": "1", "models": {} }""", "\"models\" is an object. It must be a list")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "input": 1, "output": 1 }] }""", "\"model\" is missing")]
    [InlineData("""{ "version": "1", "models": [{ "model": "m", "input": 1, "output": 1 }] }""", "(m): \"provider\" is missing")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "output": 1 }] }""", "(p/m): \"input\" is missing")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "cachRead": 1 }] }""", "(p/m): \"cachRead\" is not known")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": -1, "output": 1 }] }""", "'p/m': Input is -1. A price cannot be negative")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "cacheRead": -0.1 }] }""", "'p/m': CacheRead is -0.1")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 10000000, "output": 1 }] }""", "USD per million tokens")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1e400, "output": 1 }] }""", "\"input\" is 1e400, which is out of range. It must be from 0 to 1000000")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "", "model": "m", "input": 1, "output": 1 }] }""", "\"provider\" is empty. Fill it in")]
    [InlineData("""{ "version": "1", "providers": { "house": { "aliases": ["home"] } }, "models": [{ "provider": "house", "model": "m", "input": 1, "output": 1 }, { "provider": "home", "model": "m", "input": 2, "output": 1 }] }""", "'house/m' and 'home/m' are one model for the same day: both are names of the provider 'house'")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": "1", "output": 1 }] }""", "is the text '1'. It must be a number")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": NaN, "output": 1 }] }""", "no valid JSON")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "input": 2, "output": 1 }] }""", "(p/m): \"input\" stands twice")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1 }, { "provider": "P", "model": "M", "input": 2, "output": 1 }] }""", "'P/M' stands twice")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "also": ["m"], "input": 1, "output": 1 }] }""", "'p/m' stands twice")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "validFrom": "01/02/2026" }] }""", "It must be a day such as 2026-08-20")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "tiers": [{ "above": 5, "input": 1, "output": 1 }, { "above": 5, "input": 1, "output": 1 }] }] }""", "rising size")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "tiers": [{ "input": 1, "output": 1 }] }] }""", "\"above\" is missing")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "tiers": [{ "above": 5, "bills": "all", "input": 1, "output": 1 }] }] }""", "\"request\" or \"excess\"")]
    [InlineData("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 1, "output": 1, "serviceTiers": { "flex": -1 } }] }""", "A multiplier cannot be negative")]
    public void A_bad_file_is_refused_with_the_place_and_the_mend(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "bad.json");
        File.WriteAllText(path, json);

        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => PriceTable.Load(path));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("bad.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_from_code_follow_the_same_rules()
    {
        var negative = new ModelPrice { Provider = "p", Model = "m", Rates = new TokenRates { Input = -1, Output = 0 } };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => PriceTable.BuiltIn.With("mine", negative));

        Assert.Contains("'p/m': Input is -1", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PriceTable.BuiltIn.With(" ", negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => ServiceTierPrice.Times(-1));
    }

    [Fact]
    public void A_model_that_stands_twice_under_names_of_one_provider_is_refused_where_the_names_are_known()
    {
        PriceTable file = PriceTable.Parse("""
            { "version": "mine", "models": [
              { "provider": "azure", "model": "m", "input": 1, "output": 1 },
              { "provider": "azure.ai.openai", "model": "m", "input": 2, "output": 1 } ] }
            """);

        ArgumentException refused = Assert.Throws<ArgumentException>(() => PriceTable.BuiltIn.With(file));

        Assert.Contains("'azure/m' and 'azure.ai.openai/m' are one model for the same day: both are names of the provider 'azure.ai.openai'", refused.Message, StringComparison.Ordinal);
    }
}
