using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Tests.Pricing;

/// <summary>What a call costs, against cents computed by hand from the makers' published prices.</summary>
public sealed class CostTests
{
    public static TheoryData<string, string, string, TokenUsage, string?, string> ByHand => new()
    {
        // 1,000 × 1.25 + 500 × 10 = 6,250 millionths
        { "input and output", "openai", "gpt-5", new(1_000, 500), null, "0.00625" },
        // 200 × 1.25 + 800 × 0.125 + 500 × 10 = 250 + 100 + 5,000: the cached ones are not paid twice
        { "cached input", "openai", "gpt-5", new(1_000, 500, 800), null, "0.00535" },
        // reasoning is output: 1,000 × 1.25 + 500 × 10
        { "reasoning inside output", "openai", "gpt-5", new(1_000, 500, null, 400), null, "0.00625" },
        // 100 × 3 + 2,000 × 3.75 + 50 × 15 = 300 + 7,500 + 750
        { "cache write", "anthropic", "claude-sonnet-4-20250514", new(2_100, 50) { CacheWriteTokens = 2_000 }, null, "0.00855" },
        // 100 × 3 + 2,000 × 6 + 50 × 15 = 300 + 12,000 + 750
        { "cache write for an hour", "anthropic", "claude-sonnet-4-20250514", new(2_100, 50) { CacheWrite1HourTokens = 2_000 }, null, "0.01305" },
        // 100 × 3 + 1,000 × 0.3 + 1,000 × 3.75 + 1,000 × 6 + 50 × 15 = 300 + 300 + 3,750 + 6,000 + 750
        { "read and both writes", "anthropic", "claude-sonnet-4-20250514", new(3_100, 50, 1_000) { CacheWriteTokens = 1_000, CacheWrite1HourTokens = 1_000 }, null, "0.0111" },
        // 200,000 × 1.25 + 1,000 × 10 = 250,000 + 10,000
        { "at the threshold", "gcp.gemini", "gemini-2.5-pro", new(200_000, 1_000), null, "0.26" },
        // 200,001 × 2.5 + 1,000 × 15 = 500,002.5 + 15,000: the tier bills the whole request
        { "above the threshold", "gcp.gemini", "gemini-2.5-pro", new(200_001, 1_000), null, "0.5150025" },
        // 1 × 2.5 + 200,000 × 0.25 + 1,000 × 15: cached tokens count towards the size
        { "cached tokens reach the threshold", "gcp.gemini", "gemini-2.5-pro", new(200_001, 1_000, 200_000), null, "0.0650025" },
        // (300,000 × 5 + 100 × 22.5) × 0.5
        { "tier and service tier", "openai", "gpt-5.4", new(300_000, 100), "flex", "0.751125" },
        { "flex", "openai", "gpt-5", new(1_000, 500), "flex", "0.003125" },
        { "priority", "openai", "gpt-5", new(1_000, 500), "priority", "0.0125" },
        // 1,000 × 0.25 + 100 × 1, as published and not as a rounded factor
        { "a service tier with rates of its own", "openai", "gpt-4o-mini", new(1_000, 100), "priority", "0.00035" },
        { "the ordinary service tier by name", "openai", "gpt-5", new(1_000, 500), "default", "0.00625" },
        { "the ordinary service tier of another maker", "anthropic", "claude-sonnet-4-20250514", new(1_000, 100), "standard", "0.0045" },
        // 800 × 0.3 + 200 × 1 + 100 × 2.5 = 240 + 200 + 250
        { "sound", "gcp.gemini", "gemini-2.5-flash", new(1_000, 100) { AudioInputTokens = 200 }, null, "0.00069" },
        // embeddings put nothing out: 10,000 × 0.02
        { "embedding without output", "openai", "text-embedding-3-small", new(10_000, null), null, "0.0002" },
        // a cache write that the maker does not price apart is input: 1,000 × 1.25 + 0 × 10
        { "unpriced cache write", "openai", "gpt-5", new(1_000, 0) { CacheWriteTokens = 600 }, null, "0.00125" },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Costs_what_was_computed_by_hand(string rule, string provider, string model, TokenUsage usage, string? serviceTier, string usd)
    {
        Cost cost = PriceTable.BuiltIn.CostOf(usage, provider, model, serviceTier);

        Assert.True(cost.Usd == decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture), $"{rule}: {cost.Usd} instead of {usd}");
        Assert.Equal(CostReason.Priced, cost.Reason);
        Assert.Equal(PriceTable.BuiltIn.Version, cost.PriceTable);
    }

    public static TheoryData<string, string?, TokenUsage?, string?, CostReason> Unknown => new()
    {
        { "no usage", "gpt-5", null, null, CostReason.UnknownUsage },
        { "no model", null, new(1, 1), null, CostReason.UnknownModel },
        { "neither", null, null, null, CostReason.UnknownUsage },
        { "a model that nobody lists", "gpt-99-turbo", new(1, 1), null, CostReason.UnknownModel },
        { "a longer name is another model", "gpt-5-ultra", new(1, 1), null, CostReason.UnknownModel },
        { "a shorter name is another model", "gpt", new(1, 1), null, CostReason.UnknownModel },
        { "no output count", "gpt-5", new(1, null), null, CostReason.UnknownUsage },
        { "no input count", "gpt-5", new(null, 1), null, CostReason.UnknownUsage },
        { "negative", "gpt-5", new(-1, 1), null, CostReason.UnknownUsage },
        { "absurd", "gpt-5", new(long.MaxValue, 1), null, CostReason.UnknownUsage },
        { "more cached than there is", "gpt-5", new(10, 1, 11), null, CostReason.UnknownUsage },
        { "more reasoning than there is", "gpt-5", new(10, 1, null, 2), null, CostReason.UnknownUsage },
        { "absurd parts that wrap around", "gpt-5", new(10, 1, long.MaxValue) { CacheWriteTokens = long.MaxValue }, null, CostReason.UnknownUsage },
        { "a service tier without a price", "gpt-5", new(1, 1), "scale", CostReason.UnknownServiceTier },
    };

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Is_unknown_and_never_zero(string why, string? model, TokenUsage? usage, string? serviceTier, CostReason reason)
    {
        Cost cost = PriceTable.BuiltIn.CostOf(usage, "openai", model, serviceTier);

        Assert.True(cost.Usd is null, why);
        Assert.Equal((reason, null), (cost.Reason, cost.PriceTable));
    }

    [Fact]
    public void A_model_of_ones_own_machine_is_free_even_without_counts()
    {
        Cost cost = PriceTable.BuiltIn.CostOf(null, "ollama", "llama3.3:70b");

        Assert.Equal((0m, CostReason.Free, PriceTable.BuiltIn.Version), (cost.Usd, cost.Reason, cost.PriceTable));
    }

    [Fact]
    public void A_tier_may_bill_the_excess_alone()
    {
        PriceTable table = PriceTable.Parse("""
            { "version": "1", "models": [
              { "provider": "mine", "model": "m", "input": 1, "output": 1, "tiers": [{ "above": 1000, "bills": "excess", "input": 3, "output": 9 }] } ] }
            """);

        // 1,000 × 1 + 500 × 3 + 10 × 1
        Assert.Equal(0.00251m, table.CostOf(new TokenUsage(1_500, 10), "mine", "m").Usd);
    }

    [Fact]
    public void Of_two_tiers_the_larger_that_is_reached_counts()
    {
        PriceTable table = PriceTable.Parse("""
            { "version": "1", "models": [
              { "provider": "mine", "model": "m", "input": 1, "output": 0,
                "tiers": [{ "above": 10, "input": 2, "output": 0 }, { "above": 100, "input": 4, "output": 0 }] } ] }
            """);

        Assert.Equal([0.00001m, 0.000022m, 0.000200m, 0.000404m],
            new long[] { 10, 11, 100, 101 }.Select(input => table.CostOf(new TokenUsage(input, 0), "mine", "m").Usd));
    }

    [Fact]
    public void Splitting_tokens_among_buckets_never_makes_them_more()
    {
        TestSeed.Rounds(2_000, random =>
        {
            long input = random.Next(0, 100_000);
            long read = random.NextInt64(0, input + 1);
            long write = random.NextInt64(0, input - read + 1);
            long output = random.Next(0, 10_000);
            var usage = new TokenUsage(input, output, read, random.NextInt64(0, output + 1)) { CacheWriteTokens = write };
            PriceTable flat = PriceTable.Parse("""{ "version": "1", "models": [{ "provider": "p", "model": "m", "input": 7, "output": 11 }] }""");

            // With one rate for all input and one for all output, the buckets must add up to the whole.
            Assert.Equal(((7m * input) + (11m * output)) / 1_000_000, flat.CostOf(usage, "p", "m").Usd);
        });
    }
}
