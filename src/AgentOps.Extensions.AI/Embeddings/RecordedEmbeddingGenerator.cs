using System.Diagnostics;
using AgentOps.Extensions.AI.Calls;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Embeddings;

/// <summary>An embedding generator whose requests are recorded. Behaves as the one it stands for.</summary>
[StackTraceHidden]
internal sealed class RecordedEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>, IRecordsCalls
    where TEmbedding : Embedding
{
    private readonly ModelRecordingOptions _options;
    private readonly Place _place;
    private readonly ResultCapture<GeneratedEmbeddings<TEmbedding>> _capture;
    private ModelFacts? _facts;

    public RecordedEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> generator, ModelRecordingOptions options, Place place)
        : base(generator)
    {
        _options = new ModelRecordingOptions { Name = options.Name, Provider = options.Provider, Model = options.Model, Capture = options.Capture };
        _place = place;
        _capture = new ResultCapture<GeneratedEmbeddings<TEmbedding>>(options.Capture.HasFlag(Capture.Result) ? Write : null, Read);
    }

    private ModelFacts Facts => _facts ??= ModelFacts.Of(InnerGenerator, _options, _place, typeof(RecordedEmbeddingGenerator<TInput, TEmbedding>));

    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallScope call = Start(values, options);
        if (!call.IsRecorded)
            return base.GenerateAsync(values, options, cancellationToken);
        CallFlow flow = CallScope.Publish(call, null);
        Task<GeneratedEmbeddings<TEmbedding>> embeddings;
        try
        {
            embeddings = base.GenerateAsync(values, options, cancellationToken);
        }
        catch (Exception e) when (CallScope.Fault(call, e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        return CallScope.End(call, embeddings, _capture);
    }

    private CallScope Start(IEnumerable<TInput> values, EmbeddingGenerationOptions? options)
    {
        if (RecordingGate.Live == 0)
        {
            RecordingGate.CallsWithoutSession++;
            return default;
        }
        ModelFacts facts = Facts;
        PayloadWriter writer = CallScope.Enter(facts.Site, null);
        if (!writer.IsRecording)
            return default;
        writer.WriteModel(options?.ModelId ?? facts.Model);
        if (_options.Capture.HasFlag(Capture.Arguments) && !RecordingGate.WithholdsArguments)
            Write(writer, values, options);
        return CallScope.Start(writer);
    }

    /// <summary>Writes inputs that lie in memory, and how many there are. Others are named by their type: reading them would run them twice.</summary>
    private static void Write(PayloadWriter writer, IEnumerable<TInput> values, EmbeddingGenerationOptions? options)
    {
        int mark = writer.Mark();
        try
        {
            writer.BeginObject();
            if (options?.Dimensions is { } dimensions)
            {
                writer.Name("dimensions");
                writer.Write(dimensions);
            }
            if (values is TInput[] or ICollection<TInput> { IsReadOnly: false })
                WriteInputs(writer, (ICollection<TInput>)values);
            writer.Close();
        }
        catch (Exception e)
        {
            // The collection may be of the user's own class.
            writer.ReplaceByFailure(mark, e);
        }
    }

    private static void WriteInputs(PayloadWriter writer, ICollection<TInput> values)
    {
        writer.Name("input_count");
        writer.Write(values.Count);
        writer.Name("input");
        writer.BeginArray();
        int count = 0;
        foreach (TInput value in values)
        {
            if (count++ == PayloadWriter.MaxItems || !writer.HasRoom)
                break;
            if (value is AIContent content)
                writer.WriteOpaque(content.GetType().ToString());
            else
                writer.WriteUnknown(value);
        }
        writer.WriteRest(values.Count, isMap: false);
        writer.Close();
    }

    private void Read(LlmResult result, GeneratedEmbeddings<TEmbedding> embeddings)
    {
        if (embeddings is null)
            return;
        result.IsAggregate = Facts.HoldsRecorder;
        result.Model = embeddings.Count > 0 ? embeddings[0].ModelId : null;
        UsageReading.Replace(result, embeddings.Usage);
    }

    private static void Write(PayloadWriter writer, GeneratedEmbeddings<TEmbedding> embeddings)
    {
        writer.BeginObject();
        writer.Name("embedding_count");
        writer.Write(embeddings?.Count ?? 0);
        if (embeddings is { Count: > 0 } && embeddings[0].Dimensions is > 0 and { } dimensions)
        {
            writer.Name("dimensions");
            writer.Write(dimensions);
        }
        writer.Close();
    }
}
