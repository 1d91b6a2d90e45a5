using AgentOps.Events;
using AgentOps.Metrics;

namespace AgentOps;

/// <summary>Reads a session back while it runs or after it ended.</summary>
public static class SessionAnalyticsExtensions
{
    /// <summary>The session's events so far, as recorded by this process, in the order in which they started. A pure read.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static IReadOnlyList<AgentEvent> ReadEvents(this Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return EventLogReader.OpenOwn(session.Log).ReadEvents(session.Id);
    }

    /// <summary>
    /// Counts, durations, tokens, latencies and the call tree of what this process recorded to the session so far. A pure read.
    /// For a session that several processes write, read the folder of their logs with <see cref="EventLogReader"/> and use
    /// <see cref="GetAnalytics(IReadOnlyList{AgentEvent}, Guid)"/>.
    /// </summary>
    /// <inheritdoc cref="ReadEvents"/>
    public static SessionAnalytics GetAnalytics(this Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return AnalyticsBuilder.Build(session.Id, session.ReadEvents());
    }

    /// <summary>The numbers of one session among <paramref name="events"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is <see langword="null"/>.</exception>
    public static SessionAnalytics GetAnalytics(this IReadOnlyList<AgentEvent> events, Guid sessionId)
    {
        ArgumentNullException.ThrowIfNull(events);
        return AnalyticsBuilder.Build(sessionId, events);
    }
}
