using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>What a frame, or an event recorded by hand, says of a model call beside its arguments and its result.</summary>
internal sealed record LlmFacts
{
    public static LlmFacts None { get; } = new();

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public TokenUsage? Usage { get; init; }

    public string? ServiceTier { get; init; }

    public string? ResponseId { get; init; }

    public string? ConversationId { get; init; }

    public string? FinishReason { get; init; }

    public decimal? ReportedCost { get; init; }

    public bool IsAggregate { get; init; }

    public long ChunkCount { get; init; }

    public long FirstTokenTicks { get; init; }

    public IReadOnlyDictionary<string, long> RawUsage { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<LlmToolCall> ToolCalls { get; init; } = [];

    public EventValue? Text { get; init; }
}

/// <summary>Decodes <see cref="LlmFacts"/>.</summary>
internal static class LlmDecoder
{
    private static readonly TokenUsage s_nothing = new(null, null);

    public static LlmFacts Decode(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        string? provider = reader.ReadString();
        string? model = reader.ReadString();
        var usage = new TokenUsage(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64())
        {
            CacheWriteTokens = reader.ReadInt64(),
            CacheWrite1HourTokens = reader.ReadInt64(),
            AudioInputTokens = reader.ReadInt64(),
            AudioOutputTokens = reader.ReadInt64(),
        };
        return new LlmFacts
        {
            Provider = provider,
            Model = model,
            Usage = usage == s_nothing ? null : usage,
            ServiceTier = reader.ReadString(),
            ResponseId = reader.ReadString(),
            ConversationId = reader.ReadString(),
            FinishReason = reader.ReadString(),
            ReportedCost = reader.ReadDecimal(),
            IsAggregate = reader.ReadBoolean() ?? false,
            ChunkCount = reader.ReadInt64() ?? 0,
            FirstTokenTicks = reader.ReadInt64() ?? 0,
            RawUsage = DecodeCounters(ref reader),
            ToolCalls = DecodeToolCalls(ref reader),
            Text = reader.ReadValue(payload, texts),
        };
    }

    private static Dictionary<string, long> DecodeCounters(ref PayloadReader reader)
    {
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        if (!reader.TryEnter(PayloadTag.Object))
        {
            reader.Take();
            return counters;
        }
        while (!reader.TryLeave())
        {
            string name = reader.ReadName();
            if (reader.ReadInt64() is { } count)
                counters[name] = count;
        }
        return counters;
    }

    private static List<LlmToolCall> DecodeToolCalls(ref PayloadReader reader)
    {
        var calls = new List<LlmToolCall>();
        if (!reader.TryEnter(PayloadTag.Array))
        {
            reader.Take();
            return calls;
        }
        while (!reader.TryLeave())
        {
            if (!reader.TryEnter(PayloadTag.Array))
            {
                reader.Take();
                continue;
            }
            calls.Add(new LlmToolCall(reader.ReadString(), reader.ReadString(), reader.ReadString()));
            while (!reader.TryLeave())
                reader.Take();
        }
        return calls;
    }
}
