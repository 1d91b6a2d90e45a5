using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>A call whose start is in the log and whose end is still to come. May be ended on any thread, once.</summary>
/// <param name="Id">Position of the start frame.</param>
/// <param name="StartTicks">When the call started.</param>
/// <param name="Target">The session it is recorded to.</param>
internal readonly record struct CallSpan(long Id, long StartTicks, RecordingTarget Target)
{
    /// <summary>Starts a call: writes its arguments and when it began.</summary>
    /// <returns>The default value if there was no room in the log.</returns>
    public static CallSpan Start(uint site, RecordingTarget target, long parent, PayloadBuilder? arguments)
    {
        if (Recorder.Log is not { } log)
            return default;
        byte flags = Flags(log, arguments, FrameFlags.Ok);
        long ticks = Stopwatch.GetTimestamp();
        long id = ThreadRecorder.Current.Write(
            log, FrameType.CallStart, flags, site | ((ulong)target.Handle << 32), (ulong)parent,
            arguments is null ? default : arguments.Written, ticks);
        return id == 0 ? default : new CallSpan(id, ticks, target);
    }

    /// <summary>Ends the call with a result that a builder holds, or none.</summary>
    public void End(byte outcome, PayloadBuilder? result)
    {
        if (Recorder.Log is { } log)
        {
            ThreadRecorder.Current.Write(
                log, FrameType.CallEnd, Flags(log, result, outcome), (ulong)Id, 0, result is null ? default : result.Written, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Ends the call with a value, whose encoder may run user code and so may throw.</summary>
    public void EndWith<T>(byte outcome, T value, ResultCapture<T> capture)
    {
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        if (capture.ReadLlm is { } readLlm)
        {
            var llm = new LlmResult();
            Guarded(readLlm, llm, value);
            WriteUsage(llm);
        }
        try
        {
            capture.Encode(new PayloadWriter(builder, 0, Target, 0), value);
        }
        catch (Exception e)
        {
            builder.ReplaceByFailure(0, e.GetType().ToString());
        }
        End(outcome, builder);
        thread.ReturnBuilder(builder);
    }

    /// <summary>Ends the call with the exception that left it. Writes the error once, at the innermost recorded call it left.</summary>
    public void EndFaulted(Exception exception)
    {
        if (Recorder.Log is not { } log)
            return;
        if (exception is OperationCanceledException)
        {
            End(FrameFlags.Cancelled, null);
            return;
        }
        long error = FaultOrigins.Find(exception, this);
        if (error == 0)
        {
            error = ErrorFrames.Write(log, Target, Id, exception);
            FaultOrigins.Remember(exception, error, Target);
        }
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(1024);
        builder.Write(error);
        builder.Write(exception.GetType().FullName);
        End(FrameFlags.Faulted, builder);
        thread.ReturnBuilder(builder);
    }

    /// <summary>Reads usage and model from a chunk or result; what a user-defined getter throws leaves them unknown.</summary>
    public static void Guarded<T>(LlmReader<T> read, LlmResult into, T value)
    {
        try
        {
            read(into, value);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    public void WriteUsage(LlmResult llm)
    {
        if (llm.IsEmpty || Recorder.Log is not { } log)
            return;
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(4096);
        UsageFrames.Encode(builder, null, llm.Model, llm.InputTokens, llm.OutputTokens, llm.CachedInputTokens, llm.ReasoningTokens);
        thread.Write(log, FrameType.Usage, 0, (ulong)Id, 0, builder.Written, 0);
        thread.ReturnBuilder(builder);
    }

    private static byte Flags(EventLogWriter log, PayloadBuilder? payload, byte outcome)
    {
        if (payload is not { IsTruncated: true })
            return outcome;
        log.Losses.Count(LossReason.PayloadTruncated);
        return (byte)(outcome | FrameFlags.Truncated);
    }
}
