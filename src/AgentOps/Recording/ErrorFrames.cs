using System.Diagnostics;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Writes what went wrong.</summary>
internal static class ErrorFrames
{
    /// <returns>The error's position in the log, 0 if there was no room.</returns>
    public static long Write(EventLogWriter log, RecordingTarget target, long trigger, Exception exception)
    {
        string? stack = Read(exception, static e => e.StackTrace);
        string? message = Read(exception, static e => e.Message);
        return Write(log, target, trigger, exception.GetType().FullName ?? exception.GetType().Name, message, stack, code: null);
    }

    /// <inheritdoc cref="Write(EventLogWriter, RecordingTarget, long, Exception)"/>
    public static long Write(
        EventLogWriter log, RecordingTarget target, long trigger, string type, string? message, string? logs, string? code)
    {
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        builder.Write(type);
        builder.Write(message);
        builder.Write(logs);
        builder.Write(code);
        byte flags = builder.IsTruncated ? FrameFlags.Truncated : FrameFlags.Ok;
        if (builder.IsTruncated)
            log.Losses.Count(LossReason.PayloadTruncated);
        long position = thread.Write(log, FrameType.Error, flags, target.Handle, (ulong)trigger, builder.Written, Stopwatch.GetTimestamp());
        thread.ReturnBuilder(builder);
        return position;
    }

    private static string? Read(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception);
        }
        catch (Exception e)
        {
            return $"<{e.GetType()} while reading the exception>";
        }
    }
}
