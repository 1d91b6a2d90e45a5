using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentOps.Recording;

/// <summary>
/// Remembers where an exception was recorded first, so that one failure that leaves five nested calls is one error event, not
/// five. Thread-safe; keeps no exception alive.
/// </summary>
internal static class FaultOrigins
{
    private sealed record Origin(long Error, long Ticks, uint Session);

    private static readonly ConditionalWeakTable<Exception, Origin> s_origins = [];

    /// <summary>
    /// The error event that this exception made inside the call; 0 if there is none. An exception object that is thrown again
    /// later, by a call that began after it was recorded, is a new failure, and so is one that crosses to another session.
    /// </summary>
    public static long Find(Exception exception, long span)
    {
        if (!s_origins.TryGetValue(exception, out Origin? origin))
            return 0;
        // A call whose start has left the memory began long before anything that failed just now.
        return TryReadStart(span, out long startTicks, out uint session) && (session != origin.Session || origin.Ticks < startTicks)
            ? 0
            : origin.Error;
    }

    public static void Remember(Exception exception, long error, long span)
    {
        TryReadStart(span, out _, out uint session);
        s_origins.AddOrUpdate(exception, new Origin(error, Stopwatch.GetTimestamp(), session));
    }

    /// <summary>When a call started, and in which session.</summary>
    /// <returns><see langword="false"/> if its start has left the memory.</returns>
    public static bool TryReadStart(long span, out long ticks, out uint session)
    {
        ticks = 0;
        session = 0;
        if (Recorder.Log is not { } log || !log.TryReadWords(span, 24, 8, out ticks, out long siteAndSession))
            return false;
        session = (uint)(siteAndSession >> 32);
        return true;
    }
}
