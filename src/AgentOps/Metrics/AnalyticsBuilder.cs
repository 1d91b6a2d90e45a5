using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>Computes the numbers of a session from its events. Pure.</summary>
internal static class AnalyticsBuilder
{
    public static SessionAnalytics Build(Guid sessionId, IReadOnlyList<AgentEvent> events)
    {
        AgentEvent[] own = [.. events.Where(e => e.SessionId == sessionId)];
        return new SessionAnalytics
        {
            SessionId = sessionId,
            Duration = DurationOf(own),
            Counts = new EventCounts(
                own.Count(static e => e is LlmEvent), own.Count(static e => e is ToolEvent),
                own.Count(static e => e is ActionEvent), own.Count(static e => e is ErrorEvent)),
            Models = ModelsOf(own),
            CallSites = LatenciesOf(own),
            CallTree = TreeOf(own),
            Incomplete = own.Count(static e => e.Status == EventStatus.Incomplete),
            Interrupted = own.Count(static e => e.Status == EventStatus.Interrupted),
        };
    }

    private static TimeSpan DurationOf(AgentEvent[] events)
    {
        if (events.Length == 0)
            return TimeSpan.Zero;
        // Events recorded by hand may be dated as one likes; the session's own start is its start.
        DateTimeOffset start = events.Any(static e => e is SessionStartEvent)
            ? events.Where(static e => e is SessionStartEvent).Min(static e => e.Start)
            : events.Min(static e => e.Start);
        DateTimeOffset end = events.Any(static e => e is SessionEndEvent)
            ? events.Where(static e => e is SessionEndEvent).Max(static e => e.Start)
            : events.Max(static e => e.End ?? e.Start);
        return end > start ? end - start : TimeSpan.Zero;
    }

    private static ModelUsage[] ModelsOf(AgentEvent[] events) =>
    [
        .. events.OfType<LlmEvent>()
            .GroupBy(static e => (e.Model, e.Provider))
            .Select(static g => new ModelUsage(
                g.Key.Model, g.Key.Provider, g.Count(), g.Count(static e => e.Usage is null),
                Sum(g, static u => u.InputTokens), Sum(g, static u => u.OutputTokens),
                Sum(g, static u => u.CachedInputTokens), Sum(g, static u => u.ReasoningTokens)))
            .OrderByDescending(static m => m.Calls)
            .ThenBy(static m => m.Model, StringComparer.Ordinal),
    ];

    /// <summary>The sum of what is known; unknown if nothing is.</summary>
    private static long? Sum(IEnumerable<LlmEvent> calls, Func<TokenUsage, long?> bucket)
    {
        long? sum = null;
        foreach (LlmEvent call in calls)
        {
            if (call.Usage is { } usage && bucket(usage) is { } tokens)
                sum = (sum ?? 0) + tokens;
        }
        return sum;
    }

    private static CallSiteLatency[] LatenciesOf(AgentEvent[] events) =>
    [
        .. events.Where(static e => e is ActionEvent or ToolEvent or LlmEvent)
            .GroupBy(static e => (Name: NameOf(e), e.EventType, e.Site))
            .Select(static g =>
            {
                TimeSpan[] durations = [.. g.Select(static e => e.Duration).OfType<TimeSpan>().Order()];
                return new CallSiteLatency(
                    g.Key.Name, g.Key.EventType, g.Key.Site, g.Count(), g.Count(static e => e.Status == EventStatus.Error),
                    durations.Length == 0 ? null : TimeSpan.FromTicks((long)durations.Average(static d => (double)d.Ticks)),
                    Percentile(durations, 50), Percentile(durations, 95), Percentile(durations, 99), Percentile(durations, 100));
            }),
    ];

    private static string NameOf(AgentEvent e) => e is LlmEvent llm ? llm.Name ?? llm.DisplayName : e.DisplayName;

    private static TimeSpan? Percentile(TimeSpan[] sorted, int percent) =>
        sorted.Length == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];

    private static CallTreeNode[] TreeOf(AgentEvent[] events)
    {
        AgentEvent[] shown = [.. events.Where(static e => e is ActionEvent or ToolEvent or LlmEvent or ErrorEvent)];
        var children = new Dictionary<Guid, List<CallTreeNode>>();
        foreach (AgentEvent e in shown)
            children[e.Id] = [];
        var roots = new List<CallTreeNode>();
        foreach (AgentEvent e in shown)
        {
            var node = new CallTreeNode(e, children[e.Id]);
            // A parent that no log here holds any more leaves its children at the top rather than nowhere.
            (e.ParentId is { } parent && parent != e.Id && children.TryGetValue(parent, out List<CallTreeNode>? siblings) ? siblings : roots).Add(node);
        }
        return [.. roots];
    }
}
