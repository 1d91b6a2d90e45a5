using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps;

public sealed partial class Session
{
    /// <summary>Records an action that no marked method made.</summary>
    /// <param name="record">Read now, not kept.</param>
    /// <returns>The event's id, to be used as a parent; empty if it was not recorded.</returns>
    public Guid RecordAction(ActionRecord record) => Record(EventKind.Action, record, record?.ActionType, static (_, _) => { });

    /// <summary>Records an action that no budget counts, for it tells of the budget.</summary>
    internal void RecordUncounted(ActionRecord record) => Record(EventKind.Action, record, record.ActionType, static (_, _) => { }, isCounted: false);

    /// <inheritdoc cref="RecordUncounted(ActionRecord)"/>
    internal void RecordUncounted(ErrorRecord record) => Record(record);

    /// <summary>Records the use of a tool that is not a marked method.</summary>
    /// <inheritdoc cref="RecordAction"/>
    public Guid RecordTool(ToolRecord record) => Record(EventKind.Tool, record, record?.Name, static (_, _) => { });

    /// <summary>Records a request to a language model that no marked method made.</summary>
    /// <inheritdoc cref="RecordAction"/>
    public Guid RecordLlm(LlmRecord record) => Record(EventKind.Llm, record, record?.Model, static (payload, r) =>
    {
        LlmFrames.Encode(payload, r.ToResult());
        if (r.TimeToFirstToken is { } first)
            payload.Write(first);
        else
            payload.Tag(PayloadTag.Null);
        JsonValues.Write(payload, RecordingGate.WithholdsResults ? null : r.Completion);
        JsonValues.Write(payload, RecordingGate.WithholdsArguments ? null : r.Prompt);
    });

    /// <summary>Records an error.</summary>
    /// <inheritdoc cref="RecordAction"/>
    public Guid RecordError(ErrorRecord record)
    {
        Guid id = Record(record);
        if (id != Guid.Empty)
            Budget?.Failed();
        return id;
    }

    private Guid Record(ErrorRecord record)
    {
        if (!CanRecord(record))
            return Guid.Empty;
        try
        {
            long trigger = record.TriggerEventId is { } id ? PositionOf(id) : CurrentSpan();
            Guid? foreignTrigger = trigger == 0 ? record.TriggerEventId : null;
            Exception? exception = record.Exception;
            long position = ErrorFrames.Write(
                Handle, trigger,
                record.ErrorType ?? exception?.GetType().FullName ?? "Error",
                record.Code,
                foreignTrigger,
                record.Details ?? ErrorFrames.MessageOf(exception),
                record.Logs ?? ErrorFrames.StackOf(exception));
            return IdOf(position);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return Guid.Empty;
        }
    }

    private Guid Record<T>(EventKind kind, T record, string? name, Action<PayloadBuilder, T> writeSpecial, bool isCounted = true)
        where T : ManualRecord
    {
        if (!CanRecord(record))
            return Guid.Empty;
        try
        {
            ThreadRecorder thread = ThreadRecorder.Current;
            PayloadBuilder payload = thread.RentBuilder(Recorder.MaxPayloadBytes);
            DateTimeOffset now = Log.GetUtcNow();
            DateTimeOffset end = (record.End ?? now).ToUniversalTime();
            DateTimeOffset start = (record.Start ?? end).ToUniversalTime();
            if (end < start)
            {
                Recorder.ReportRejectedInput($"The {kind} '{name}' ends before it starts; it was recorded as taking no time.");
                end = start;
            }
            // What has a fixed size comes first and what may be longest last, so that a cut takes as little as can be.
            payload.Write(start);
            payload.Write(end);
            long parent = CurrentSpan();
            if (record.ParentId is { } parentId)
            {
                parent = PositionOf(parentId);
                if (parent == 0)
                    payload.Write(parentId);
                else
                    payload.Tag(PayloadTag.Null);
            }
            else
            {
                payload.Tag(PayloadTag.Null);
            }
            if (record.AgentId is { } agentId)
                payload.Write(agentId);
            else
                payload.Tag(PayloadTag.Null);
            payload.Write(name);
            payload.Write(record.AgentName);
            writeSpecial(payload, record);
            JsonValues.Write(payload, RecordingGate.WithholdsResults ? null : record.Returns);
            JsonValues.Write(payload, RecordingGate.WithholdsArguments ? null : record.Params);
            payload.Write(RecordingGate.WithholdsResults ? null : (record as ActionRecord)?.Screenshot);
            payload.Write(record.Logs);

            payload.Word8 = Handle | ((ulong)kind << 32);
            payload.Word16 = (ulong)parent;
            long position = CallScope.Commit(thread, payload, FrameType.Manual, FrameFlags.Ok);
            if (isCounted)
                Budget?.Counted(record, position, parent);
            return IdOf(position);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return Guid.Empty;
        }
    }

    private bool CanRecord(object? record)
    {
        if (record is null)
            Recorder.ReportRejectedInput("A record was null and was ignored.");
        else if (HasEnded)
            Recorder.ReportRejectedInput($"An event was recorded to session {Id} after its end and was ignored.");
        else
            return true;
        return false;
    }

    private long CurrentSpan() => Ambient.Innermost is { } ambient && ReferenceEquals(ambient.Target, this) ? ambient.Span : 0;

    private long PositionOf(Guid id) => EventIds.TryGetPosition(id, Log.Key, out long position) ? position : 0;

    private Guid IdOf(long position) => position == 0 ? Guid.Empty : EventIds.Create(Log.Key, position);
}
