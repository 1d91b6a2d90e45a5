using System.ComponentModel;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>A record of the program's own log on its way into the session of the current flow. Used by adapters of logging frameworks.</summary>
/// <remarks>
/// The order is: <see cref="TryBegin"/>; an array of scopes; <see cref="BeginValues"/>, then names and values; <see cref="End"/>. Whatever runs
/// in between may record and log in turn. No budget counts it: a log tells of work, and is none.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LogEntry
{
    /// <summary>Who wrote it.</summary>
    public required string Category { get; init; }

    /// <summary>A <see cref="Events.LogSeverity"/> as a number.</summary>
    public required int Severity { get; init; }

    /// <summary>The number of the kind of record.</summary>
    public int EventId { get; init; }

    /// <summary>The name of the kind of record.</summary>
    public string? EventName { get; init; }

    /// <summary>What it says.</summary>
    public string? Message { get; init; }

    /// <summary>What it says with names in place of values.</summary>
    public string? Template { get; init; }

    /// <summary>What it tells of.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The distributed trace of the flow.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span of that trace.</summary>
    public string? SpanId { get; init; }

    /// <summary>Whether the current flow is in an open session, so that a record has where to go. Costs next to nothing while no session is open.</summary>
    public static bool HasSession => Volatile.Read(ref RecordingGate.Live) > 0 && ThreadRecorder.Enter().ActiveAmbient is { Target: Session };

    /// <summary>Begins the record, as a child of the recorded call around it.</summary>
    /// <param name="payload">Takes the array of scopes.</param>
    /// <returns><see langword="false"/> if there is no session.</returns>
    public bool TryBegin(out PayloadWriter payload)
    {
        payload = default;
        if (Volatile.Read(ref RecordingGate.Live) == 0)
            return false;
        ThreadRecorder thread = ThreadRecorder.Enter();
        if (thread.ActiveAmbient is not { Target: Session session } ambient)
            return false;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        DateTimeOffset now = session.Log.GetUtcNow();
        builder.Word8 = session.Handle | ((ulong)EventKind.Log << 32);
        builder.Word16 = (ulong)ambient.Span;
        builder.Write(now);
        builder.Write(now);
        builder.Tag(PayloadTag.Null);
        builder.Tag(PayloadTag.Null);
        builder.Write(Category);
        builder.Tag(PayloadTag.Null);
        builder.Write(Message);
        builder.Write((long)Severity);
        builder.Write((long)EventId);
        builder.Write(EventName);
        builder.Write(Template);
        builder.Write(Exception is null ? null : Exception.GetType().FullName ?? Exception.GetType().Name);
        builder.Write(ErrorFrames.MessageOf(Exception));
        builder.Write(TraceId);
        builder.Write(SpanId);
        payload = new PayloadWriter(builder);
        return true;
    }

    /// <summary>Goes on from the scopes to the named values, which an object holds that is opened here and closed by <see cref="End"/>.</summary>
    public static void BeginValues(PayloadWriter payload)
    {
        // Nothing is returned.
        payload.WriteNull();
        payload.BeginObject();
    }

    /// <summary>Ends the record.</summary>
    /// <param name="payload">What <see cref="TryBegin"/> gave.</param>
    /// <param name="exception">What it tells of, whose whole text is recorded last.</param>
    public static void End(PayloadWriter payload, Exception? exception)
    {
        PayloadBuilder builder = payload.Builder;
        payload.Close();
        payload.WriteNull();
        builder.Write(ErrorFrames.TextOf(exception));
        CallScope.Commit(ThreadRecorder.Current, builder, FrameType.Manual, FrameFlags.Ok);
    }
}
