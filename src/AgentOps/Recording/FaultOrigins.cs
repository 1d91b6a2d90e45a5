using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentOps.Recording;

/// <summary>
/// Remembers where an exception was recorded first, so that one failure that leaves five nested calls is one error event, not
/// five. Thread-safe; keeps no exception alive.
/// </summary>
internal static class FaultOrigins
{
    private sealed record Origin(long Error, long Ticks, RecordingTarget Target);

    private static readonly ConditionalWeakTable<Exception, Origin> s_origins = [];

    /// <summary>
    /// The error event that this exception made inside <paramref name="call"/>; 0 if there is none. An exception object that is
    /// thrown again later, by a call that began after it was recorded, is a new failure.
    /// </summary>
    public static long Find(Exception exception, in CallSpan call) =>
        s_origins.TryGetValue(exception, out Origin? origin) && ReferenceEquals(origin.Target, call.Target) && origin.Ticks >= call.StartTicks
            ? origin.Error
            : 0;

    public static void Remember(Exception exception, long error, RecordingTarget target) =>
        s_origins.AddOrUpdate(exception, new Origin(error, Stopwatch.GetTimestamp(), target));
}
