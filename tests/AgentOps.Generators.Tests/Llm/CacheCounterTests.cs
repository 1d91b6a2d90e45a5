using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>A provider's own counters of caches, which a client hands on beside its counts: read as by the client that is recorded itself.</summary>
public sealed class CacheCounterTests
{
    private const string Usage =
        """new Microsoft.Extensions.AI.UsageDetails { InputTokenCount = 10, AdditionalCounts = new() { ["CacheReadInputTokens"] = 1000, ["CacheCreationInputTokens"] = 200 } }""";

    [Fact]
    public async Task Of_an_answer_are_in_its_input()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue("", "Microsoft.Extensions.AI.ChatResponse", $$"""new Microsoft.Extensions.AI.ChatResponse { Usage = {{Usage}} }""");

        Assert.All(calls.Values, static llm => Assert.Equal(new TokenUsage(1210, null, 1000) { CacheWriteTokens = 200 }, llm.Usage));
    }

    [Fact]
    public async Task Of_a_stream_are_added_up()
    {
        string chunk = $$"""new Microsoft.Extensions.AI.ChatResponseUpdate { Contents = [new Microsoft.Extensions.AI.UsageContent({{Usage}})] }""";

        LlmEvent llm = (await ModelCalls.OfStream("", "Microsoft.Extensions.AI.ChatResponseUpdate", [chunk, chunk]))["Whole"];

        Assert.Equal(new TokenUsage(2420, null, 2000) { CacheWriteTokens = 400 }, llm.Usage);
        Assert.Equal((2000, 400), (llm.RawUsage["CacheReadInputTokens"], llm.RawUsage["CacheCreationInputTokens"]));
    }
}
