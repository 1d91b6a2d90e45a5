using System.Globalization;
using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>What is known of a model call beside its arguments and its result, in frames of their own and inside hand-made events.</summary>
internal static class LlmFrames
{
    /// <summary>Writes the facts; what may be longest comes last, so that a cut takes as little as can be.</summary>
    public static void Encode(PayloadBuilder builder, LlmResult llm)
    {
        TokenCounts said = llm.Counts;
        TokenCounts counts = said.Inclusive();
        builder.Write(llm.Provider);
        builder.Write(llm.Model);
        Count(builder, counts.Input, "input", llm);
        Count(builder, counts.Output, "output", llm);
        Count(builder, counts.CacheRead, "cached input", llm);
        Count(builder, counts.Reasoning, "reasoning", llm);
        Count(builder, counts.CacheWrite, "cache write", llm);
        Count(builder, counts.CacheWrite1Hour, "one-hour cache write", llm);
        Count(builder, counts.AudioInput, "audio input", llm);
        Count(builder, counts.AudioOutput, "audio output", llm);
        builder.Write(llm.ServiceTier);
        builder.Write(llm.ResponseId);
        builder.Write(llm.ConversationId);
        builder.Write(llm.FinishReason);
        WriteCost(builder, llm);
        builder.Write(llm.IsAggregate);
        builder.Write(llm.ChunkCount);
        builder.Write(llm.ChunkCount == 0 ? 0 : llm.FirstTokenTicks == 0 ? llm.FirstChunkTicks : llm.FirstTokenTicks);
        WriteRaw(builder, llm, said, counts);
        WriteToolCalls(builder, llm);
        builder.Write(llm.Text);
    }

    /// <summary>The usage as it is written; <see langword="null"/> if nothing of it is known.</summary>
    public static TokenUsage? UsageOf(LlmResult llm)
    {
        TokenCounts counts = llm.Counts.Inclusive();
        var usage = new TokenUsage(Sane(counts.Input), Sane(counts.Output), Sane(counts.CacheRead), Sane(counts.Reasoning))
        {
            CacheWriteTokens = Sane(counts.CacheWrite),
            CacheWrite1HourTokens = Sane(counts.CacheWrite1Hour),
            AudioInputTokens = Sane(counts.AudioInput),
            AudioOutputTokens = Sane(counts.AudioOutput),
        };
        return usage == new TokenUsage(null, null) ? null : usage;
    }

    private static long? Sane(long? count) => count is { } known && TokenCounts.IsSane(known) ? known : null;

    /// <summary>A count that is absent or absurd is unknown.</summary>
    private static void Count(PayloadBuilder builder, long? count, string what, LlmResult llm)
    {
        if (count is { } known && TokenCounts.IsSane(known))
        {
            builder.Write(known);
            return;
        }
        builder.Tag(PayloadTag.Null);
        if (count is { } absurd)
        {
            Recorder.ReportRejectedInput(string.Create(
                CultureInfo.InvariantCulture, $"A call of {llm.Model ?? "a model"} says that it used {absurd} {what} tokens; they were recorded as unknown."));
        }
    }

    private static void WriteCost(PayloadBuilder builder, LlmResult llm)
    {
        if (llm.ReportedCost is not { } cost)
        {
            builder.Tag(PayloadTag.Null);
        }
        else if (cost >= 0)
        {
            builder.Write(cost);
        }
        else
        {
            builder.Tag(PayloadTag.Null);
            Recorder.ReportRejectedInput(string.Create(
                CultureInfo.InvariantCulture, $"A call of {llm.Model ?? "a model"} says that it cost {cost} USD; it was recorded as unknown. A cost is not negative."));
        }
    }

    /// <summary>Counters under their provider's names; of ours only those that mean something else there.</summary>
    private static void WriteRaw(PayloadBuilder builder, LlmResult llm, in TokenCounts said, in TokenCounts counts)
    {
        bool inputDiffers = said.Input is not null && said.Input != counts.Input;
        bool outputDiffers = said.Output is not null && said.Output != counts.Output;
        if (llm.RawCounts is null && !inputDiffers && !outputDiffers)
        {
            builder.Tag(PayloadTag.Null);
            return;
        }
        builder.Tag(PayloadTag.Object);
        foreach ((string name, long count) in llm.RawCounts ?? new Dictionary<string, long>())
            WriteNamed(builder, name, count);
        if (inputDiffers)
            WriteNamed(builder, "input_without_cache", said.Input!.Value);
        if (outputDiffers)
            WriteNamed(builder, "output_without_reasoning", said.Output!.Value);
        builder.Tag(PayloadTag.Close);
    }

    private static void WriteNamed(PayloadBuilder builder, string name, long count)
    {
        builder.WriteName(name);
        builder.Write(count);
    }

    private static void WriteToolCalls(PayloadBuilder builder, LlmResult llm)
    {
        if (llm.ToolCalls.Count == 0)
        {
            builder.Tag(PayloadTag.Null);
            return;
        }
        builder.Tag(PayloadTag.Array);
        foreach (LlmResult.ToolCallText call in llm.ToolCalls)
        {
            builder.Tag(PayloadTag.Array);
            builder.Write(call.Id);
            builder.Write(call.Name);
            builder.Write(call.Arguments.Length == 0 ? null : call.Filter(call.Arguments.ToString()));
            builder.Tag(PayloadTag.Close);
        }
        builder.Tag(PayloadTag.Close);
    }
}
