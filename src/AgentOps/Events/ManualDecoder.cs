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
        Details = reader.ReadString(),
        Logs = reader.ReadString(),
        Code = reader.ReadString(),
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
        string? name = reader.ReadString();
        DateTimeOffset start = reader.ReadDateTimeOffset() ?? default;
        DateTimeOffset end = reader.ReadDateTimeOffset() ?? start;
        Guid? foreignParent = reader.ReadGuid();
        Guid? agentId = reader.ReadGuid();
        string? agentName = reader.ReadString();
        string? logs = reader.ReadString();
        AgentEvent? decoded = kind switch
        {
            EventKind.Action => new ActionEvent { Id = id, SessionId = session, Start = start, ActionType = name ?? "action", Screenshot = reader.ReadString() },
            EventKind.Tool => new ToolEvent { Id = id, SessionId = session, Start = start, Name = name ?? "tool" },
            EventKind.Llm => DecodeLlm(ref reader, payload, texts, id, session, start),
            _ => null,
        };
        if (decoded is null)
            return null;
        EventValue? returns = Value(ref reader, payload, texts);
        return decoded with
        {
            ParentId = foreignParent ?? parent,
            Agent = agentId is null && agentName is null ? outerAgent : new AgentIdentity(agentId ?? Guid.Empty, agentName ?? ""),
            Duration = end - start,
            DurationNanoseconds = (end - start).Ticks * 100,
            Logs = logs,
            IsTruncated = truncated,
            Returns = returns,
            Params = JsonFields.Of(Value(ref reader, payload, texts)),
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
            Prompt = Value(ref reader, payload, texts),
            Completion = Value(ref reader, payload, texts),
        };
    }

    private static EventValue? Value(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        int at = reader.Position;
        int length = reader.Take().Length;
        var value = new EventValue(payload.Slice(at, length), texts);
        return value.IsNull ? null : value;
    }
}
