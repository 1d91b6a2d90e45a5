using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Decodes events that were recorded by hand, errors, and usage.</summary>
internal static class ManualDecoder
{
    public static (string? Provider, string? Model, TokenUsage? Usage) DecodeUsage(ref PayloadReader reader)
    {
        string? provider = reader.ReadString();
        string? model = reader.ReadString();
        var usage = new TokenUsage(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return (provider, model, usage == new TokenUsage(null, null, null, null) ? null : usage);
    }

    /// <param name="kind">What kind of event it is.</param>
    /// <param name="payload">Its fields.</param>
    /// <param name="texts">The names of the log.</param>
    /// <param name="head">What its frame and its surroundings say.</param>
    public static AgentEvent? DecodeRecord(EventKind kind, ReadOnlyMemory<byte> payload, TextTable texts, EventHead head)
    {
        var reader = new PayloadReader(payload.Span, texts);
        DateTimeOffset start = reader.ReadDateTimeOffset() ?? default;
        DateTimeOffset end = reader.ReadDateTimeOffset() ?? start;
        Guid? foreignParent = reader.ReadGuid();
        Guid? agentId = reader.ReadGuid();
        string? name = reader.ReadString();
        string? agentName = reader.ReadString();
        LlmEvent? llm = kind == EventKind.Llm ? DecodeLlm(ref reader, payload, texts) : null;
        EventValue? returns = Value(ref reader, payload, texts);
        List<EventField> parameters = Fields(ref reader, payload, texts);
        string? screenshot = reader.ReadString();
        head = head with
        {
            Start = start,
            ParentId = foreignParent ?? head.ParentId,
            Agent = agentId is null && agentName is null ? head.Agent : new AgentIdentity(agentId ?? Guid.Empty, agentName ?? ""),
            Duration = end - start,
            DurationNanoseconds = (end - start).Ticks * 100,
            Returns = returns,
            Params = parameters,
            Logs = reader.ReadString(),
        };
        return kind switch
        {
            EventKind.Action => new ActionEvent(head) { ActionType = name ?? "action", Screenshot = screenshot },
            EventKind.Tool => new ToolEvent(head) { Name = name ?? "tool" },
            EventKind.Llm => new LlmEvent(head)
            {
                Provider = llm!.Provider,
                Model = llm.Model,
                Usage = llm.Usage,
                ThreadId = llm.ThreadId,
                Cost = llm.Cost,
                Completion = llm.Completion,
                Prompt = llm.Prompt,
            },
            _ => null,
        };
    }

    /// <summary>The fields that only model calls have; the event around them is a husk.</summary>
    private static LlmEvent DecodeLlm(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        (string? provider, string? model, TokenUsage? usage) = DecodeUsage(ref reader);
        return new LlmEvent(default(EventHead))
        {
            Provider = provider,
            Model = model,
            Usage = usage,
            ThreadId = reader.ReadString(),
            Cost = reader.ReadDecimal(),
            Completion = Value(ref reader, payload, texts),
            Prompt = Value(ref reader, payload, texts),
        };
    }

    private static EventValue? Value(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        int at = reader.Position;
        int length = reader.Take().Length;
        var value = new EventValue(payload.Slice(at, length), texts);
        return value.IsNull ? null : value;
    }

    private static List<EventField> Fields(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        var fields = new List<EventField>();
        if (reader.TryEnter(PayloadTag.Object))
        {
            while (!reader.TryLeave())
            {
                string name = reader.ReadName();
                int at = reader.Position;
                int length = reader.Take().Length;
                fields.Add(new EventField(name, new EventValue(payload.Slice(at, length), texts)));
            }
        }
        return fields;
    }
}
