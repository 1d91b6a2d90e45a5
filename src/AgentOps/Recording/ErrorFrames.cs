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
        string type = exception.GetType().FullName ?? exception.GetType().Name;
        return Write(session, span, type, code: null, foreignTrigger: null, MessageOf(exception), StackOf(exception));
    }

    /// <inheritdoc cref="Write(uint, long, Exception)"/>
    public static long Write(uint session, long span, string type, string? code, Guid? foreignTrigger, string? message, string? logs)
    {
        ThreadRecorder thread = ThreadRecorder.Current;
        PayloadBuilder builder = thread.RentBuilder(Recorder.MaxPayloadBytes);
        builder.Word8 = session;
        builder.Word16 = (ulong)span;
        builder.Write(type);
        builder.Write(code);
        if (foreignTrigger is { } id)
            builder.Write(id);
        else
            builder.Tag(PayloadTag.Null);
        builder.Write(message);
        builder.Write(logs);
        return CallScope.Commit(thread, builder, FrameType.Error, FrameFlags.Ok);
    }

    /// <summary>The message, or what reading it ended in.</summary>
    public static string? MessageOf(Exception? exception) => Read(exception, static e => e.Message);

    /// <summary>The stack trace, or what reading it ended in.</summary>
    public static string? StackOf(Exception? exception) => Read(exception, static e => e.StackTrace);

    /// <summary>The whole text, or what making it ended in.</summary>
    public static string? TextOf(Exception? exception) => Read(exception, static e => e.ToString());

    private static string? Read(Exception? exception, Func<Exception, string?> read)
    {
        try
        {
            return exception is null ? null : read(exception);
        }
        catch (Exception e)
        {
            return $"<{e.GetType()} while reading the exception>";
        }
    }
}
