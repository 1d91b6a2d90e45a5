using AgentOps.Events;
using AgentOps.Extensions.AI.Tests.Support;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Embeddings;

/// <summary>Embedding generators whose requests are recorded.</summary>
public sealed class EmbeddingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_is_an_LLM_event_with_inputs_usage_model_and_dimensions()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = new Generator().Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => generator.GenerateAsync(new List<string> { "a", "b" }, new EmbeddingGenerationOptions { Dimensions = 3 }, Token));

        Assert.Equal(("embeddings", "embed-1-2025", "embed-1", "openai"), (call.Name, call.Model, call.RequestModel, call.Provider));
        Assert.Equal(("3", "2", """["a","b"]"""), (call.Param("dimensions"), call.Param("input_count"), call.Prompt?.ToString()));
        Assert.Equal("""{"embedding_count":2,"dimensions":3}""", call.Returns?.ToString());
        Assert.Equal(new TokenUsage(2, null), call.Usage);
    }

    [Fact]
    public async Task Inputs_of_a_query_are_made_once_and_counted_in_the_result()
    {
        int made = 0;
        IEmbeddingGenerator<string, Embedding<float>> generator = new Generator().Recorded();

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => generator.GenerateAsync(Enumerable.Range(0, 3).Select(i => $"{made++}"), cancellationToken: Token));

        Assert.Equal(3, made);
        Assert.Null(call.Param("input"));
        Assert.Equal(3, call.Returns?.Property("embedding_count")?.AsInt64());
    }

    [Fact]
    public async Task Result_is_the_same_object()
    {
        var inner = new Generator();

        await Sessions.Record(async () => Assert.Same(inner.Last, await inner.Recorded().GenerateAsync(["a"], cancellationToken: Token)));
    }

    [Fact]
    public async Task Failure_is_the_same_object_and_an_error()
    {
        var failure = new HttpRequestException();

        IReadOnlyList<AgentEvent> events = await Sessions.Record(async () =>
            Assert.Same(failure, await Assert.ThrowsAsync<HttpRequestException>(() => new Generator { Failure = failure }.Recorded().GenerateAsync(["a"], cancellationToken: Token))));

        Assert.Equal(EventStatus.Error, events.OfType<LlmEvent>().Single().Status);
    }

    [Fact]
    public async Task Layers_are_below_each_other_and_the_outer_is_an_aggregate()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = new Layer(new Generator().Recorded()).Recorded();

        LlmEvent[] calls = [.. (await Sessions.Record(() => generator.GenerateAsync(["a"], cancellationToken: Token))).OfType<LlmEvent>()];

        Assert.Equal([true, false], calls.Select(static c => c.IsAggregate));
        Assert.Equal(calls[0].Id, calls[1].ParentId);
    }

    [Fact]
    public async Task What_is_not_captured_is_not_recorded_but_usage_is()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = new Generator().Recorded(new ModelRecordingOptions { Capture = Capture.None });

        LlmEvent call = await Sessions.RecordOne<LlmEvent>(() => generator.GenerateAsync(["a"], cancellationToken: Token));

        Assert.Empty(call.Params);
        Assert.Null(call.Returns);
        Assert.Equal(1, call.Usage?.InputTokens);
    }

    [Fact]
    public void Generator_that_is_recorded_already_is_returned_as_it_is()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = new Generator().Recorded();

        Assert.Same(generator, generator.Recorded());
    }

    /// <summary>Embeds each text; a token each.</summary>
    private sealed class Generator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public GeneratedEmbeddings<Embedding<float>> Last { get; } = [];

        public Exception? Failure { get; init; }

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (Failure is not null)
                throw Failure;
            foreach (string _ in values)
                Last.Add(new Embedding<float>(new float[options?.Dimensions ?? 2]) { ModelId = "embed-1-2025" });
            Last.Usage = new UsageDetails { InputTokenCount = Last.Count };
            return Last;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("openai", null, "embed-1") : null;

        public void Dispose()
        {
        }
    }

    private sealed class Layer(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner);
}
