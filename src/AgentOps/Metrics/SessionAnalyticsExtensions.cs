using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

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
    /// Counts, durations, tokens, cost, latencies and the call tree of what this process recorded to the session so far. A pure read.
    /// For a session that several processes write, read the folder of their logs with <see cref="EventLogReader"/> and use
    /// <see cref="GetAnalytics(IReadOnlyList{AgentEvent}, Guid)"/>.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <exception cref="ArgumentNullException"><paramref name="session"/> is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The log cannot be read.</exception>
    /// <exception cref="InvalidDataException">There are model calls to price, and the file of <see cref="PriceTable.Default"/> is no price file.</exception>
    public static SessionAnalytics GetAnalytics(this Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return SessionAnalytics.Of(session.Id, session.ReadEvents(), null);
    }

    /// <summary>The numbers of <see cref="GetAnalytics(Session)"/> at prices of your own.</summary>
    /// <param name="session">The session.</param>
    /// <param name="prices">What model calls are priced with.</param>
    /// <exception cref="ArgumentNullException">One of them is <see langword="null"/>.</exception>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static SessionAnalytics GetAnalytics(this Session session, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(prices);
        return SessionAnalytics.Of(session.Id, session.ReadEvents(), prices);
    }

    /// <summary>The numbers of one session among <paramref name="events"/>.</summary>
    /// <param name="events">The events.</param>
    /// <param name="sessionId">The session.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidDataException">There are model calls to price, and the file of <see cref="PriceTable.Default"/> is no price file.</exception>
    public static SessionAnalytics GetAnalytics(this IReadOnlyList<AgentEvent> events, Guid sessionId)
    {
        ArgumentNullException.ThrowIfNull(events);
        return SessionAnalytics.Of(sessionId, events, null);
    }

    /// <summary>The numbers of one session among <paramref name="events"/>, at prices of your own.</summary>
    /// <param name="events">The events.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="prices">What model calls are priced with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> or <paramref name="prices"/> is <see langword="null"/>.</exception>
    public static SessionAnalytics GetAnalytics(this IReadOnlyList<AgentEvent> events, Guid sessionId, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(prices);
        return SessionAnalytics.Of(sessionId, events, prices);
    }

    /// <summary>The numbers of all sessions among <paramref name="events"/> together: of a process, if they are those of its log.</summary>
    /// <param name="events">The events, as <see cref="EventLogReader.ReadEvents"/> gives them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="events"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidDataException">There are model calls to price, and the file of <see cref="PriceTable.Default"/> is no price file.</exception>
    public static LogAnalytics GetAnalytics(this IReadOnlyList<AgentEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return LogAnalytics.Of(events, null);
    }

    /// <summary>The numbers of all sessions among <paramref name="events"/> together, at prices of your own.</summary>
    /// <param name="events">The events, as <see cref="EventLogReader.ReadEvents"/> gives them.</param>
    /// <param name="prices">What model calls are priced with.</param>
    /// <exception cref="ArgumentNullException">One of them is <see langword="null"/>.</exception>
    public static LogAnalytics GetAnalytics(this IReadOnlyList<AgentEvent> events, PriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(prices);
        return LogAnalytics.Of(events, prices);
    }
}
