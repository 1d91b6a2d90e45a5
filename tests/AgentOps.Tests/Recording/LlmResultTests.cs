using System.Text.Json;
using AgentOps.Recording;

namespace AgentOps.Tests.Recording;

/// <summary>What generated code hands over of a model call, piece by piece.</summary>
public sealed class LlmResultTests
{
    [Theory]
    [InlineData("ToolCalls", "tool_calls")]
    [InlineData("Stop", "stop")]
    [InlineData("STOP", "STOP")]
    [InlineData("MAX_TOKENS", "MAX_TOKENS")]
    [InlineData("end_turn", "end_turn")]
    [InlineData("Model-Made", "Model-Made")]
    [InlineData("Claude4_5", "Claude4_5")]
    [InlineData("7", "7")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Word_of_an_enumeration_reads_as_on_the_wire_and_every_other_as_it_is(string? name, string? word) => Assert.Equal(word, LlmResult.Word(name));

    [Theory]
    [InlineData("CacheCreationInputTokens", 5L)]
    [InlineData("cache_creation_input_tokens", 5L)]
    [InlineData("CacheWriteInputTokenCount", 5L)]
    [InlineData("CacheReadInputTokens", null)]
    [InlineData("", null)]
    public void Cache_writes_are_found_among_a_providers_own_counters(string name, long? count)
    {
        var result = new LlmResult();

        result.ReplaceUsage(default, new Dictionary<string, long> { ["other"] = 1, [name] = 5 });

        Assert.Equal(count, result.Counts.CacheWrite);
    }

    [Fact]
    public void Counters_of_chunks_are_added_up_as_their_counts_are()
    {
        var result = new LlmResult();

        for (int i = 0; i < 2; i++)
            result.AddUsage(new TokenCounts { Input = 10 }, new Dictionary<string, long> { ["CacheReadInputTokens"] = 1000, ["CacheCreationInputTokens"] = 200, ["other"] = 1 });
        result.AddUsage(new TokenCounts { Output = 5 }, null);

        Assert.Equal(new TokenCounts { Input = 2420, Output = 5, CacheRead = 2000, CacheWrite = 400 }, result.Counts.Inclusive());
        Assert.Equal((2000, 400, 2), (result.RawCounts!["CacheReadInputTokens"], result.RawCounts["CacheCreationInputTokens"], result.RawCounts["other"]));
    }

    [Fact]
    public void Piece_of_a_tools_call_without_an_id_goes_on_with_the_last()
    {
        var result = new LlmResult();

        result.ContinueToolCall(null, "first", "{");
        result.ContinueToolCall("", null, "}");
        result.ContinueToolCall("2", "second", "[");
        result.ContinueToolCall("2", null, "1");
        result.ContinueToolCall(null, null, "]");
        result.ContinueToolCall("3", "third", null);

        Assert.Equal([(null, "first", "{}"), ("2", "second", "[1]"), ("3", "third", "")], result.ToolCalls.Select(static c => (c.Id, c.Name, c.Arguments.ToString())));
    }

    [Theory]
    [InlineData(45L, 35L)]
    [InlineData(4L, 0L)]
    [InlineData(null, 30L)]
    [InlineData(-1L, -1L)]
    public void Cache_writes_altogether_leave_those_for_an_hour_apart(long? total, long? rest)
    {
        var result = new LlmResult();
        result.ReplaceUsage(new TokenCounts { CacheWrite = 30, CacheWrite1Hour = 10 });

        result.ReplaceCacheWrites(total);

        Assert.Equal((rest, 10L), (result.Counts.CacheWrite, result.Counts.CacheWrite1Hour));
    }

    [Fact]
    public void Counters_are_kept_up_to_more_than_any_provider_has()
    {
        var result = new LlmResult();

        result.Raw(Enumerable.Range(0, 1000).Select(static i => KeyValuePair.Create($"counter{i}", (long)i)));
        result.Raw((IEnumerable<KeyValuePair<string, long>>?)null);

        Assert.Equal(64, result.RawCounts!.Count);
    }

    [Fact]
    public void Arguments_given_as_objects_are_written_as_json_and_what_is_none_by_its_type()
    {
        var result = new LlmResult();
        object? deep = null;
        for (int i = 0; i < 40; i++)
            deep = new Dictionary<string, object?> { ["in"] = deep };

        result.AddToolCall("1", "tool", new Dictionary<string, object?>
        {
            ["text"] = "é\"", ["numbers"] = new object?[] { 1, 2L, 3.5, 4m, null, double.NaN }, ["flag"] = true, ["json"] = JsonDocument.Parse("""{"a":[1]}""").RootElement,
            ["none"] = default(JsonElement), ["other"] = new Version(1, 2), ["apiKey"] = "secret", ["token"] = 7,
        });
        result.AddToolCall("2", "deep", new Dictionary<string, object?> { ["deep"] = deep });

        Assert.Equal(
            """{"text":"é\"","numbers":[1,2,3.5,4,null,"NaN"],"flag":true,"json":{"a":[1]},"none":"<System.Text.Json.JsonElement>","other":"<System.Version>","apiKey":"[redacted]","token":7}""",
            result.ToolCalls[0].Arguments.ToString());
        Assert.Contains("<System.Collections.Generic.Dictionary", result.ToolCalls[1].Arguments.ToString(), StringComparison.Ordinal);
    }
}
