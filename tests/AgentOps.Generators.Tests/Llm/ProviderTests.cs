using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Every type that packages return from models, in every way a method can give it back.</summary>
public sealed class ProviderTests
{
    public static TheoryData<string> Values => [.. ProviderRows.Values.Select(static row => row.Name)];

    public static TheoryData<string> Streams => [.. ProviderRows.Streams.Select(static row => row.Name)];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Value_says_all_that_its_type_can(string name)
    {
        ProviderRow row = ProviderRows.Values.Single(row => row.Name == name);

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(row.Declarations, row.Type, row.Values[0]);

        Assert.Equal(["Direct", "InTask", "InValueTask"], calls.Keys.Order(StringComparer.Ordinal));
        foreach (LlmEvent llm in calls.Values)
        {
            AssertFacts(row, llm);
            Assert.Equal(row.Usage, llm.Usage);
            Assert.Equal(row.Raw, llm.RawUsage.ToDictionary());
            Assert.Equal((EventStatus.Ok, null, null), (llm.Status, llm.ChunkCount, llm.TimeToFirstToken));
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_says_all_that_its_chunks_can(string name)
    {
        ProviderRow row = ProviderRows.Streams.Single(row => row.Name == name);

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(row.Declarations, row.Type, row.Values);

        foreach (LlmEvent llm in (LlmEvent[])[calls["Whole"], calls["Reader"], calls["Sequence"]])
        {
            AssertFacts(row, llm);
            Assert.Equal(row.Usage, llm.Usage);
            Assert.Equal(row.Raw, llm.RawUsage.ToDictionary());
            Assert.Equal((EventStatus.Ok, row.Values.Length), (llm.Status, llm.ChunkCount));
            Assert.NotNull(llm.TimeToFirstToken);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task Stream_that_is_cut_off_keeps_what_is_known_and_leaves_the_rest_unknown(string name)
    {
        ProviderRow row = ProviderRows.Streams.Single(row => row.Name == name);

        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(row.Declarations, row.Type, row.Values);

        Assert.Equal(
            (EventStatus.Abandoned, EventStatus.Cancelled, EventStatus.Error), (calls["Left"].Status, calls["Cancelled"].Status, calls["Failed"].Status));
        foreach (LlmEvent llm in (LlmEvent[])[calls["Left"], calls["Cancelled"], calls["Failed"]])
        {
            Assert.Equal((row.PartialUsage, row.Model), (llm.Usage, llm.Model));
            Assert.StartsWith("\"forty", llm.Completion!.ToString(), StringComparison.Ordinal);
            Assert.Equal(row.Values.Length - 1, llm.ChunkCount);
        }
    }

    private static void AssertFacts(ProviderRow row, LlmEvent llm)
    {
        Assert.Equal((row.Provider, row.Model), (llm.Provider, llm.Model));
        Assert.Equal((row.Finish, row.ServiceTier), (llm.FinishReason, llm.ServiceTier));
        Assert.Equal((row.ResponseId, row.Conversation), (llm.ResponseId, llm.ThreadId));
        Assert.Equal(row.Tools, llm.Tools());
        Assert.Equal(row.IsAggregate, llm.IsAggregate);
        if (row.Text is { } text)
            Assert.Equal($"\"{text}\"", llm.Completion!.ToString());
    }
}
