using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Logs;

namespace AgentOps.Tool.Views;

/// <summary>Errors that are alike.</summary>
/// <param name="Text">Type and message of the latest.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Call">The call that failed, if it is known.</param>
/// <param name="Site">Where that stands.</param>
/// <param name="LastAt">When it happened last.</param>
internal sealed record Failure(string Text, int Count, string? Call, string? Site, DateTimeOffset LastAt);

/// <summary>What a report tells: of one session, or of several together.</summary>
internal sealed record Report
{
    private readonly Dictionary<Guid, TimeSpan> _durations;

    private Report(string title, IReadOnlyList<SessionInfo> sessions, IReadOnlyList<AgentEvent> events, EventAnalytics analytics, Dictionary<Guid, TimeSpan> durations)
    {
        Title = title;
        Sessions = sessions;
        Events = events;
        Analytics = analytics;
        _durations = durations;
        Failures = FailuresOf(events);
    }

    public string Title { get; }

    public IReadOnlyList<SessionInfo> Sessions { get; }

    public IReadOnlyList<AgentEvent> Events { get; }

    public EventAnalytics Analytics { get; }

    /// <summary>The most frequent first.</summary>
    public IReadOnlyList<Failure> Failures { get; }

    /// <summary>The one session that the report is of; <see langword="null"/> if it is of several.</summary>
    public SessionAnalytics? Single => Analytics as SessionAnalytics;

    public TimeSpan DurationOf(SessionInfo session) => _durations[session.Id];

    public static Report OfSession(SessionInfo session, LogContent content)
    {
        IReadOnlyList<AgentEvent> events = content.EventsOf(session.Id);
        SessionAnalytics analytics = events.GetAnalytics(session.Id);
        return new Report(session.Name ?? session.Id.ToString(), [session], events, analytics, new() { [session.Id] = analytics.Duration });
    }

    public static Report OfSessions(IReadOnlyList<SessionInfo> sessions, LogContent content)
    {
        HashSet<Guid> wanted = [.. sessions.Select(static session => session.Id)];
        IReadOnlyList<AgentEvent> events = [.. content.Events.Where(e => wanted.Contains(e.SessionId))];
        return new Report(
            Terminal.Counted.Of(sessions.Count, "session"), sessions, events, events.GetAnalytics(),
            sessions.ToDictionary(static session => session.Id, session => DurationOf(session, content.BySession[session.Id])));
    }

    private static TimeSpan DurationOf(SessionInfo session, IEnumerable<AgentEvent> events)
    {
        DateTimeOffset end = session.EndedAt ?? events.Select(static e => e.End ?? e.Start).Append(session.StartedAt).Max();
        return end > session.StartedAt ? end - session.StartedAt : TimeSpan.Zero;
    }

    private static IReadOnlyList<Failure> FailuresOf(IReadOnlyList<AgentEvent> events)
    {
        var calls = new Dictionary<Guid, AgentEvent>();
        foreach (AgentEvent e in events)
            calls[e.Id] = e;
        return
        [
            .. events.OfType<ErrorEvent>()
                .Select(error => (error, call: (error.TriggerEventId ?? error.ParentId) is { } id ? calls.GetValueOrDefault(id) : null))
                .GroupBy(static pair => (pair.error.ErrorType, pair.call?.DisplayName, Site: pair.call?.Site?.ToString() ?? pair.error.Site?.ToString()))
                .Select(static group => new Failure(ErrorText.Of(group.Last().error), group.Count(), group.Key.DisplayName, group.Key.Site, group.Max(static pair => pair.error.Start)))
                .OrderByDescending(static failure => failure.Count).ThenByDescending(static failure => failure.LastAt),
        ];
    }
}
