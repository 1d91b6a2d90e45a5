using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Decodes events that were recorded by hand.</summary>
internal static class ManualDecoder
{
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
        LlmFacts llm = kind == EventKind.Llm ? LlmDecoder.Decode(ref reader, payload, texts) : LlmFacts.None;
        TimeSpan? firstToken = kind == EventKind.Llm ? reader.ReadTimeSpan() : null;
        EventValue? completion = kind == EventKind.Llm ? reader.ReadValue(payload, texts) : null;
        EventValue? prompt = kind == EventKind.Llm ? reader.ReadValue(payload, texts) : null;
        LogFacts log = kind == EventKind.Log ? LogFacts.Read(ref reader, payload, texts) : default;
        EventValue? returns = reader.ReadValue(payload, texts);
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
                Provider = llm.Provider,
                Model = llm.Model,
                Usage = llm.Usage,
                RawUsage = llm.RawUsage,
                ServiceTier = llm.ServiceTier,
                ResponseId = llm.ResponseId,
                ThreadId = llm.ConversationId,
                FinishReason = llm.FinishReason,
                ToolCalls = llm.ToolCalls,
                ReportedCost = llm.ReportedCost,
                IsAggregate = llm.IsAggregate,
                ChunkCount = llm.ChunkCount == 0 ? null : llm.ChunkCount,
                TimeToFirstToken = firstToken,
                Completion = completion,
                Prompt = prompt,
            },
            EventKind.Log => log.ToEvent(head, category: name),
            _ => null,
        };
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
