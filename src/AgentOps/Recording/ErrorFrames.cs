using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Writes what went wrong.</summary>
internal static class ErrorFrames
{
    /// <param name="session">The session's number, 0 for that of the span.</param>
    /// <param name="span">The event that failed, 0 for none.</param>
    /// <param name="exception">What left it.</param>
    /// <returns>The error's position in the log, 0 if there was no room.</returns>
    public static long Write(uint session, long span, Exception exception)
    {
        string? stack = Read(exception, static e => e.StackTrace);
        string? message = Read(exception, static e => e.Message);
        return Write(session, span, exception.GetType().FullName ?? exception.GetType().Name, message, stack, code: null);
    }

    /// <inheritdoc cref="Write(uint, long, Exception)"/>
    public static long Write(uint session, long span, string type, string? message, string? logs, string? code)
    {
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        builder.Word8 = session;
        builder.Word16 = (ulong)span;
        builder.Write(type);
        builder.Write(message);
        builder.Write(logs);
        builder.Write(code);
        return CallScope.Commit(thread, builder, FrameType.Error, FrameFlags.Ok);
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
