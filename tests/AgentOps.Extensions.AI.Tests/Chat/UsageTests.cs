using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Chat;

/// <summary>How the counts of different clients are read.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Cache_writes_are_read_from_the_additional_counts_and_are_in_the_input()
    {
        LlmEvent call = await RecordAsync(new UsageDetails
        {
            InputTokenCount = 1000,
            OutputTokenCount = 5,
            CachedInputTokenCount = 300,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = 200 },
        });

        Assert.Equal(new TokenUsage(1000, 5, 300) { CacheWriteTokens = 200 }, call.Usage);
        Assert.Equal(200, call.RawUsage["CacheCreationInputTokens"]);
    }

    [Theory]
    [InlineData("CacheCreationInputTokens", "CacheReadInputTokens")]
    [InlineData("CacheWriteInputTokens", "CacheReadInputTokens")]
    [InlineData("cache_creation_input_tokens", "cache_read_input_tokens")]
    public async Task Client_that_hands_on_a_provider_s_reads_counts_its_input_without_caches(string write, string read)
    {
        LlmEvent call = await RecordAsync(new UsageDetails
        {
            InputTokenCount = 1000,
            OutputTokenCount = 5,
            AdditionalCounts = new() { [write] = 200, [read] = 300 },
        });

        Assert.Equal(new TokenUsage(1500, 5, 300) { CacheWriteTokens = 200 }, call.Usage);
    }

    [Fact]
    public async Task Input_that_is_less_than_what_caches_took_of_it_does_not_hold_them()
    {
        LlmEvent call = await RecordAsync(new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 300 });

        Assert.Equal(new TokenUsage(310, null, 300), call.Usage);
    }

    [Fact]
    public async Task Counters_of_caches_that_are_many_times_the_input_are_read_as_those_of_a_provider()
    {
        LlmEvent call = await RecordAsync(new UsageDetails
        {
            InputTokenCount = 10,
            AdditionalCounts = new() { ["CacheReadInputTokens"] = 1000, ["CacheCreationInputTokens"] = 200 },
        });

        Assert.Equal(new TokenUsage(1210, null, 1000) { CacheWriteTokens = 200 }, call.Usage);
    }

    [Fact]
    public async Task Absurd_count_is_unknown()
    {
        LlmEvent call = await RecordAsync(new UsageDetails { InputTokenCount = -1, OutputTokenCount = 5 });

        Assert.Equal(new TokenUsage(null, 5), call.Usage);
    }

    [Fact]
    public async Task Usage_that_counts_nothing_is_unknown()
    {
        Assert.Null((await RecordAsync(new UsageDetails())).Usage);
    }

    [Theory]
    [InlineData("openai", null, "openai")]
    [InlineData("openai", "http://127.0.0.1:8080/v1", "openai")]
    [InlineData("openai", "https://me.openai.azure.com/", "azure.ai.openai")]
    [InlineData("openai", "https://api.groq.com/openai/v1", "groq")]
    [InlineData("openai", "https://notapi.x.ai/v1", "openai")]
    [InlineData("Azure OpenAI", null, "azure.ai.openai")]
    [InlineData("AWS.Bedrock", null, "aws.bedrock")]
    [InlineData("google-genai", null, "gcp.gemini")]
    [InlineData("Anthropic", null, "anthropic")]
    [InlineData("ollama", "http://localhost:11434", "ollama")]
    [InlineData(" ", null, null)]
    public async Task Provider_has_its_conventional_name(string said, string? address, string? expected)
    {
        IChatClient client = new ScriptedClient { Metadata = new(said, address is null ? null : new Uri(address)) }.Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync("?", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(expected, call.Provider);
    }

    private static Task<LlmEvent> RecordAsync(UsageDetails usage)
    {
        IChatClient client = ScriptedClient.Answering(new ChatResponse { Usage = usage }).Recorded();
        return Sessions.RecordOne<LlmEvent>(() => client.GetResponseAsync("?", cancellationToken: TestContext.Current.CancellationToken));
    }
}
