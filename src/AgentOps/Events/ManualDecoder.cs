using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Decodes events that were recorded by hand, errors, and usage.</summary>
internal static class ManualDecoder
{
    public static ErrorEvent DecodeError(ref PayloadReader reader) => new()
    {
        Id = default,
        SessionId = default,
        Start = default,
        ErrorType = reader.ReadString() ?? "Error",
        Code = reader.ReadString(),
        TriggerEventId = reader.ReadGuid(),
        Details = reader.ReadString(),
        Logs = reader.ReadString(),
    };

    public static (string? Provider, string? Model, TokenUsage? Usage) DecodeUsage(ref PayloadReader reader)
    {
        string? provider = reader.ReadString();
        string? model = reader.ReadString();
        var usage = new TokenUsage(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        return (provider, model, usage == new TokenUsage(null, null, null, null) ? null : usage);
    }

    public static AgentEvent? DecodeRecord(
        EventKind kind, ReadOnlyMemory<byte> payload, TextTable texts, Guid id, Guid session, Guid? parent, AgentIdentity? outerAgent, bool truncated)
    {
        var reader = new PayloadReader(payload.Span, texts);
        DateTimeOffset start = reader.ReadDateTimeOffset() ?? default;
        DateTimeOffset end = reader.ReadDateTimeOffset() ?? start;
        Guid? foreignParent = reader.ReadGuid();
        Guid? agentId = reader.ReadGuid();
        string? name = reader.ReadString();
        string? agentName = reader.ReadString();
        AgentEvent? decoded = kind switch
        {
            EventKind.Action => new ActionEvent { Id = id, SessionId = session, Start = start, ActionType = name ?? "action" },
            EventKind.Tool => new ToolEvent { Id = id, SessionId = session, Start = start, Name = name ?? "tool" },
            EventKind.Llm => DecodeLlm(ref reader, payload, texts, id, session, start),
            _ => null,
        };
        if (decoded is null)
            return null;
        EventValue? returns = Value(ref reader, payload, texts);
        IReadOnlyList<EventField> parameters = Fields(ref reader, payload, texts);
        string? screenshot = reader.ReadString();
        if (decoded is ActionEvent action)
            decoded = action with { Screenshot = screenshot };
        return decoded with
        {
            ParentId = foreignParent ?? parent,
            Agent = agentId is null && agentName is null ? outerAgent : new AgentIdentity(agentId ?? Guid.Empty, agentName ?? ""),
            Duration = end - start,
            DurationNanoseconds = (end - start).Ticks * 100,
            IsTruncated = truncated,
            Returns = returns,
            Params = parameters,
            Logs = reader.ReadString(),
        };
    }

    private static LlmEvent DecodeLlm(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts, Guid id, Guid session, DateTimeOffset start)
    {
        (string? provider, string? model, TokenUsage? usage) = DecodeUsage(ref reader);
        return new LlmEvent
        {
            Id = id,
            SessionId = session,
            Start = start,
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
