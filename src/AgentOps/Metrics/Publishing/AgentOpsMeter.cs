using System.Diagnostics.Metrics;

namespace AgentOps.Metrics.Publishing;

/// <summary>The meter and its instruments, named as OpenTelemetry's GenAI conventions have them where they have a name.</summary>
internal sealed class AgentOpsMeter : IDisposable
{
    public const string Name = "AgentOps";

    // The boundaries that the conventions give.
    private static readonly double[] s_seconds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly long[] s_tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    private readonly Instrument[] _fromLog;

    public AgentOpsMeter()
    {
        Meter = new Meter(Name, typeof(AgentOpsMeter).Assembly.GetName().Version?.ToString(3));
        CallDuration = Histogram("gen_ai.client.operation.duration", "s", "How long requests to language models took.", s_seconds);
        FirstChunk = Histogram("gen_ai.client.operation.time_to_first_chunk", "s", "From a request to the first piece of its streamed answer.", s_seconds);
        TokenUsage = Histogram("gen_ai.client.token.usage", "{token}", "Input and output tokens of requests to language models.", s_tokens);
        ToolDuration = Histogram("gen_ai.execute_tool.duration", "s", "How long uses of tools took.", s_seconds);
        Events = Meter.CreateCounter<long>("agentops.events", "{event}", "Recorded events by type.");
        Errors = Meter.CreateCounter<long>("agentops.errors", "{error}", "Recorded errors.");
        Calls = Meter.CreateCounter<long>("agentops.llm.calls", "{call}", "Model calls that sums are over: each request once.");
        Tokens = Meter.CreateCounter<long>("agentops.llm.tokens", "{token}", "Tokens by bucket. Parts lie inside input and output.");
        Cost = Meter.CreateCounter<double>("agentops.llm.cost", "USD", "What model calls of known cost cost.");
        UnknownCost = Meter.CreateCounter<long>("agentops.llm.cost.unknown", "{call}", "Model calls whose cost is unknown, and so in no sum.");
        Sessions = Meter.CreateCounter<long>("agentops.sessions", "{session}", "Ended sessions by how they ended.");
        _fromLog = [CallDuration, FirstChunk, TokenUsage, ToolDuration, Events, Errors, Calls, Tokens, Cost, UnknownCost, Sessions];
        Meter.CreateObservableUpDownCounter("agentops.sessions.open", static () => (long)RecorderHealth.Current.OpenSessions, "{session}", "Sessions that are open.");
        Meter.CreateObservableCounter("agentops.recorder.losses", Losses, "{loss}", "What the recorder lost, by reason.");
    }

    public Meter Meter { get; }

    public Histogram<double> CallDuration { get; }

    public Histogram<double> FirstChunk { get; }

    public Histogram<long> TokenUsage { get; }

    public Histogram<double> ToolDuration { get; }

    public Counter<long> Events { get; }

    public Counter<long> Errors { get; }

    public Counter<long> Calls { get; }

    public Counter<long> Tokens { get; }

    public Counter<double> Cost { get; }

    public Counter<long> UnknownCost { get; }

    public Counter<long> Sessions { get; }

    /// <summary>Whether anybody listens to what comes from the log.</summary>
    public bool IsHeard => Array.Exists(_fromLog, static instrument => instrument.Enabled);

    public void Dispose() => Meter.Dispose();

    private static IEnumerable<Measurement<long>> Losses()
    {
        foreach ((string reason, long count) in RecorderHealth.Current.Losses)
            yield return new Measurement<long>(count, new KeyValuePair<string, object?>(MetricTags.LossReason, reason));
    }

    private Histogram<T> Histogram<T>(string name, string unit, string description, T[] boundaries)
        where T : struct
    {
#if NET9_0_OR_GREATER
        return Meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<T> { HistogramBucketBoundaries = boundaries });
#else
        _ = boundaries;
        return Meter.CreateHistogram<T>(name, unit, description);
#endif
    }
}
