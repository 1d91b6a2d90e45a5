using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Ends calls by their span, on whatever thread they end. Nothing here throws.</summary>
[StackTraceHidden]
internal static class CallSpan
{
    private const int ErrorReferenceBytes = 1024;

    /// <summary>Ends a call with a result that a builder holds, or none.</summary>
    public static void End(long span, byte outcome, PayloadBuilder? result = null)
    {
        if (result is { IsTruncated: true })
        {
            outcome |= FrameFlags.Truncated;
            Recorder.Log?.Losses.Count(LossReason.PayloadTruncated);
        }
        ThreadRecorder.Current.Write(FrameType.CallEnd, outcome, (ulong)span, 0, result is null ? default : result.Written);
    }

    /// <summary>Ends a call with a value, whose encoder may run user code and so may throw.</summary>
    public static void End<T>(long span, T value, ResultCapture<T> capture)
    {
        try
        {
            ThreadRecorder thread = ThreadRecorder.Current;
            PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
            if (capture.ReadLlm is { } readLlm)
            {
                var llm = new LlmResult();
                ReadGuarded(readLlm, llm, value);
                WriteLlm(span, llm);
            }
            if (capture.Encode is { } encode)
                EncodeGuarded(builder, value, encode);
            End(span, FrameFlags.Ok, builder);
            thread.ReturnBuilder(builder);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>Starts a further enumeration of what a call returned: a call of its own, without a site, whose parent says what it is.</summary>
    /// <returns>Its span; 0 if it is not recorded.</returns>
    public static long Again(long span, RecordingTarget? target)
    {
        try
        {
            return target is { HasEnded: false }
                ? ThreadRecorder.Current.Write(FrameType.CallStart, FrameFlags.Ok, (ulong)target.Handle << 32, (ulong)span, default)
                : 0;
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
            return 0;
        }
    }

    /// <summary>Ends a call with the name of a type whose values are not read.</summary>
    public static void EndOpaque(long span, string typeName)
    {
        try
        {
            ThreadRecorder thread = ThreadRecorder.Current;
            PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
            builder.WriteOpaque(typeName);
            End(span, FrameFlags.Ok, builder);
            thread.ReturnBuilder(builder);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>The exception filter: ends a call with the exception that leaves it, and declines to handle it.</summary>
    /// <returns>Always <see langword="false"/>.</returns>
    public static bool Fault(long span, Exception exception)
    {
        if (span == 0)
            return false;
        try
        {
            EndFaulted(span, exception);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
        return false;
    }

    /// <summary>Encodes a value; what its own code throws stands in its place.</summary>
    public static void EncodeGuarded<T>(PayloadBuilder builder, T value, PayloadEncoder<T> encode)
    {
        int mark = builder.Length;
        try
        {
            encode(new PayloadWriter(builder), value);
        }
        catch (Exception e)
        {
            builder.ReplaceByFailure(mark, e.GetType().ToString());
        }
    }

    /// <summary>Reads usage and model from a chunk or result; what a user-defined getter throws leaves them unknown.</summary>
    public static void ReadGuarded<T>(LlmReader<T> read, LlmResult into, T value)
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

    /// <summary>Writes what is known of a model call beside its arguments and its result.</summary>
    public static void WriteLlm(long span, LlmResult llm)
    {
        if (llm.IsEmpty)
            return;
        if (CallBudgets.Count != 0)
            TellBudget(span, llm);
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        LlmFrames.Encode(builder, llm);
        byte flags = FrameFlags.Ok;
        if (builder.IsTruncated)
        {
            flags |= FrameFlags.Truncated;
            Recorder.Log?.Losses.Count(LossReason.PayloadTruncated);
        }
        thread.Write(FrameType.Llm, flags, (ulong)span, 0, builder.Written);
        thread.ReturnBuilder(builder);
    }

    /// <summary>What a budget makes of it must not keep it from the log.</summary>
    private static void TellBudget(long span, LlmResult llm)
    {
        try
        {
            CallBudgets.OfCall(span)?.Used(span, llm);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }

    /// <summary>Writes the error once, at the innermost recorded call that the exception left; the calls around it refer to it.</summary>
    private static void EndFaulted(long span, Exception exception)
    {
        // Clients report a timeout as a cancellation that nobody asked for; it is a failure all the same.
        if (exception is OperationCanceledException and not { InnerException: TimeoutException })
        {
            End(span, FrameFlags.Cancelled);
            return;
        }
        long error = FaultOrigins.Find(exception, span);
        if (error == 0)
        {
            error = ErrorFrames.Write(session: 0, span, exception);
            if (CallBudgets.Count != 0)
                CallBudgets.OfCall(span)?.Failed();
            FaultOrigins.Remember(exception, error, span);
        }
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(ErrorReferenceBytes);
        builder.Write(error);
        builder.Write(exception.GetType().FullName);
        End(span, FrameFlags.Faulted, builder);
        thread.ReturnBuilder(builder);
    }
}
