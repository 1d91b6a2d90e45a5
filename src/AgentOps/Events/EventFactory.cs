using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>Makes events of frames. Knows the tables of one log, and nothing of which frames there are.</summary>
internal sealed class EventFactory(LogTables tables)
{
    private static readonly string[] s_promptNames = ["prompt", "messages", "message", "input", "question", "query", "request"];

    /// <summary>A recorded call.</summary>
    /// <param name="start">Its start.</param>
    /// <param name="end">Its end; a frame without bytes if there is none.</param>
    /// <param name="llm">What is known of a model call beside them, likewise.</param>
    /// <param name="site">Where it stands.</param>
    /// <param name="agent">Whom it is attributed to.</param>
    /// <param name="openStatus">What a call without an end is called.</param>
    public AgentEvent CreateCall(in Frame start, in Frame end, in Frame llm, SiteDefinition site, AgentIdentity? agent, EventStatus openStatus)
    {
        ClockSnapshot clock = tables.ClockAt(start.Ticks);
        bool ended = !end.Bytes.IsEmpty;
        long elapsed = ended ? end.Ticks - start.Ticks : 0;
        EventValue? returns = ended ? ReturnsOf(end) : null;
        var arguments = new RecordedArguments(start.Payload, site.Parameters, tables.Texts);
        var head = new EventHead(EventIds.Create(tables.LogKey, start.Position), tables.Sessions[start.UInt32At(12)].Id, tables.ToUtc(start.Ticks))
        {
            ParentId = tables.IdOf(start.Int64At(16)),
            Agent = agent,
            Site = site.Site,
            Duration = ended ? clock.ToTimeSpan(elapsed) : null,
            DurationNanoseconds = ended ? clock.ToNanoseconds(elapsed) : null,
            Status = ended ? (EventStatus)(end.Flags & FrameFlags.OutcomeMask) : openStatus,
            IsTruncated = ((start.Flags | (ended ? end.Flags : 0)) & FrameFlags.Truncated) != 0,
            Params = arguments,
            Returns = returns,
        };
        return site.Kind switch
        {
            EventKind.Tool => new ToolEvent(head) { Name = site.Name },
            EventKind.Llm => CreateLlm(head, site, start, llm),
            _ => new ActionEvent(head) { ActionType = site.Name },
        };
    }

    /// <summary>An event of one frame: an error, one recorded by hand, a change or the end of a session.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="session">The session's number.</param>
    /// <param name="agent">Whom the event around it is attributed to.</param>
    /// <param name="site">Where the call around it stands, if it is one.</param>
    /// <param name="outerKind">What the event around it is.</param>
    public AgentEvent? CreateOther(in Frame frame, uint session, AgentIdentity? agent, SiteDefinition? site, EventKind? outerKind)
    {
        DateTimeOffset time = tables.ToUtc(frame.Ticks);
        var head = new EventHead(EventIds.Create(tables.LogKey, frame.Position), tables.Sessions[session].Id, time)
        {
            IsTruncated = (frame.Flags & FrameFlags.Truncated) != 0,
        };
        var reader = new PayloadReader(frame.Payload.Span, tables.Texts);
        switch (frame.Type)
        {
            case FrameType.Error:
                return CreateError(head, ref reader, frame.Int64At(16), agent, site, outerKind);
            case FrameType.Manual:
                head = head with { ParentId = tables.IdOf(frame.Int64At(16)), Agent = agent };
                return ManualDecoder.DecodeRecord((EventKind)frame.UInt32At(12), frame.Payload, tables.Texts, head);
            case FrameType.SessionUpdate:
                (IReadOnlyList<string> tags, IReadOnlyDictionary<string, MetricValue> metrics) = DefinitionDecoder.DecodeFacts(ref reader);
                return new SessionUpdateEvent { Id = head.Id, SessionId = head.SessionId, Start = time, Tags = tags, Metrics = metrics };
            case FrameType.SessionEnd:
                DateTimeOffset end = reader.ReadDateTimeOffset() ?? time;
                return new SessionEndEvent
                {
                    Id = head.Id,
                    SessionId = head.SessionId,
                    Start = end,
                    EndState = (EndState)(reader.ReadInt64() ?? 0),
                    Reason = reader.ReadString(),
                };
            default:
                return null;
        }
    }

    public SessionStartEvent CreateStart(SessionDefinition session) => new()
    {
        Id = EventIds.Create(tables.LogKey, session.Position),
        SessionId = session.Id,
        Start = session.Start,
        Name = session.Name,
        TraceContext = session.Trace,
        IsResumed = session.Resumed,
        Tags = session.Tags,
        Metrics = session.Metrics,
        Host = session.Host,
    };

    /// <summary>The end of a session whose process is gone without having ended it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="lastTicks">The last sign of life in the log.</param>
    public SessionEndEvent CreateCrash(SessionDefinition session, long lastTicks)
    {
        DateTimeOffset last = tables.ToUtc(lastTicks);
        return new SessionEndEvent
        {
            // One bit beside the id of the start, which no frame can have.
            Id = EventIds.Create(tables.LogKey, session.Position | 1),
            SessionId = session.Id,
            Start = last > session.Start ? last : session.Start,
            EndState = EndState.Indeterminate,
            Reason = "The process ended without ending the session.",
            IsCrash = true,
        };
    }

    private ErrorEvent CreateError(
        in EventHead head, ref PayloadReader reader, long trigger, AgentIdentity? agent, SiteDefinition? site, EventKind? outerKind)
    {
        string type = reader.ReadString() ?? "Error";
        string? code = reader.ReadString();
        Guid? triggerId = reader.ReadGuid() ?? tables.IdOf(trigger);
        string? details = reader.ReadString();
        return new ErrorEvent(head with
        {
            ParentId = triggerId,
            Agent = agent,
            Site = site?.Site,
            Duration = TimeSpan.Zero,
            DurationNanoseconds = 0,
            Status = EventStatus.Error,
            Logs = reader.ReadString(),
        })
        {
            ErrorType = type,
            Code = code,
            Details = details,
            TriggerEventId = triggerId,
            TriggerEventType = outerKind is { } kind ? EventTypes.Of(kind) : null,
        };
    }

    private LlmEvent CreateLlm(in EventHead head, SiteDefinition site, in Frame start, in Frame facts)
    {
        LlmFacts llm = LlmFacts.None;
        if (!facts.Bytes.IsEmpty)
        {
            var reader = new PayloadReader(facts.Payload.Span, tables.Texts);
            llm = LlmDecoder.Decode(ref reader, facts.Payload, tables.Texts);
        }
        string? asked = RequestModelOf(start.Payload.Span) ?? site.Model;
        // A stream of chunks that nobody can read says at least how many they were.
        long chunks = llm.ChunkCount != 0 ? llm.ChunkCount : head.Returns?.Property("item_count")?.AsInt64() ?? 0;
        return new LlmEvent(head with { IsTruncated = head.IsTruncated || (!facts.Bytes.IsEmpty && (facts.Flags & FrameFlags.Truncated) != 0) })
        {
            Name = site.Name,
            Model = llm.Model ?? asked,
            RequestModel = asked,
            // A client of one provider's package may be pointed at another's server; the attribute knows.
            Provider = site.Provider ?? llm.Provider,
            ServiceTier = llm.ServiceTier,
            ResponseId = llm.ResponseId,
            ThreadId = llm.ConversationId,
            FinishReason = llm.FinishReason,
            ToolCalls = llm.ToolCalls,
            Usage = llm.Usage,
            RawUsage = llm.RawUsage,
            ReportedCost = llm.ReportedCost,
            IsAggregate = llm.IsAggregate,
            ChunkCount = chunks == 0 ? null : chunks,
            TimeToFirstToken = FirstTokenOf(start, head, llm),
            Prompt = PromptOf(head.Params!),
            Completion = llm.Text ?? head.Returns,
        };
    }

    /// <summary>The model that a call asks, where it says so before its arguments.</summary>
    public static string? RequestModelOf(ReadOnlySpan<byte> arguments)
    {
        var reader = new PayloadReader(arguments, TextTable.Empty);
        reader.ReadAgent();
        return reader.ReadModel();
    }

    private TimeSpan? FirstTokenOf(in Frame start, in EventHead head, LlmFacts llm)
    {
        if (llm.FirstTokenTicks > start.Ticks)
            return tables.ClockAt(start.Ticks).ToTimeSpan(llm.FirstTokenTicks - start.Ticks);
        return head.Returns?.Property("time_to_first_ns")?.AsInt64() is >= 0 and { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null;
    }

    /// <summary>The result; of a failed call there is none.</summary>
    private EventValue? ReturnsOf(in Frame end)
    {
        if ((end.Flags & FrameFlags.OutcomeMask) is FrameFlags.Faulted or FrameFlags.Cancelled)
            return null;
        ReadOnlyMemory<byte> payload = end.Payload;
        return payload.IsEmpty ? null : new EventValue(payload, tables.Texts);
    }

    /// <summary>The parameter that asks the model, by the names such parameters have; else the first.</summary>
    private static EventValue? PromptOf(IReadOnlyList<EventField> parameters)
    {
        foreach (string name in s_promptNames)
        {
            foreach (EventField parameter in parameters)
            {
                if (string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase))
                    return parameter.Value;
            }
        }
        return parameters.Count > 0 ? parameters[0].Value : null;
    }
}
