using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Pricing;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Sums up the events of one session.</summary>
internal sealed class SessionSummary
{
    /// <summary>As many pieces as a line of some hundred pixels can show.</summary>
    private const int MaxTape = 160;

    private readonly List<string> _models = [];
    private long? _input;
    private long? _output;
    private long _cost;
    private int _counted;
    private int _unknownUsage;
    private int _unpriced;
    private readonly SessionRow _row;

    private SessionSummary(SessionRow row) => _row = row;

    public SessionRow Row => _row with
    {
        Models = _models,
        InputTokens = _input,
        OutputTokens = _output,
        CountedCalls = _counted,
        UnknownUsage = _unknownUsage,
        CostNano = _unpriced > 0 && _unpriced == _counted ? null : _cost,
        UnpricedCalls = _unpriced,
    };

    /// <param name="events">All events of the session, in the order in which they started.</param>
    public static SessionSummary Of(IReadOnlyList<AgentEvent> events)
    {
        SessionInfo? info = SessionInfo.Of(events) is [SessionInfo first, ..] ? first : null;
        DateTimeOffset started = info?.StartedAt ?? events[0].Start;
        DateTimeOffset last = events.Max(static e => e.End ?? e.Start);
        return new SessionSummary(new SessionRow
        {
            Id = events[0].SessionId,
            Project = "",
            Name = info?.Name,
            State = StateOf(info),
            Reason = info?.Reason,
            Started = started,
            Ended = info is null ? last : info.EndedAt,
            LastSeen = last,
            Llms = events.Count(static e => e is LlmEvent),
            Tools = events.Count(static e => e is ToolEvent),
            Actions = events.Count(static e => e is ActionEvent),
            Errors = events.Count(static e => e is ErrorEvent),
            Incomplete = events.Count(static e => e.Status == EventStatus.Incomplete),
            Interrupted = events.Count(static e => e.Status == EventStatus.Interrupted),
            Agents = [.. events.Select(static e => e.Agent?.Name).OfType<string>().Distinct(StringComparer.Ordinal)],
            Tags = info?.Tags ?? [],
            Metrics = info?.Metrics ?? new Dictionary<string, MetricValue>(),
            Tape = TapeOf(events, started),
        });
    }

    public void Add(LlmEvent call, (Counting Counting, Cost Cost) worked)
    {
        if (call.Model is { } model && !_models.Contains(model, StringComparer.Ordinal))
            _models.Add(model);
        if (worked.Counting != Counting.Counted)
            return;
        _counted++;
        if (SaneUsage.Of(call.Usage) is { } usage)
        {
            _input = Measures.Sum(_input, usage.InputTokens);
            _output = Measures.Sum(_output, usage.OutputTokens);
        }
        else
        {
            _unknownUsage++;
        }
        if (worked.Cost.Usd is { } usd)
            _cost = NanoUsd.Add(_cost, NanoUsd.Of(usd));
        else
            _unpriced++;
    }

    /// <summary>A session whose beginning is not known has none to be live: its events are all there is of it.</summary>
    private static SessionState StateOf(SessionInfo? info) => info switch
    {
        null => SessionState.Indeterminate,
        { EndedAt: null } => SessionState.Live,
        { IsCrashed: true } => SessionState.Interrupted,
        { EndState: EndState.Success } => SessionState.Success,
        { EndState: EndState.Fail } => SessionState.Fail,
        _ => SessionState.Indeterminate,
    };

    /// <summary>What lies innermost, and errors. Of too many the longest.</summary>
    private static List<TapeMark> TapeOf(IReadOnlyList<AgentEvent> events, DateTimeOffset started)
    {
        var outer = events.Where(static e => e is LlmEvent or ToolEvent or ActionEvent && e.ParentId is not null).Select(static e => e.ParentId!.Value).ToHashSet();
        var marks = new List<TapeMark>();
        foreach (AgentEvent e in events)
        {
            bool isInnermost = e is LlmEvent or ToolEvent or ActionEvent && !outer.Contains(e.Id);
            if (isInnermost || e is ErrorEvent)
                marks.Add(new TapeMark(RecordKinds.Of(e), e.Start > started ? e.Start - started : TimeSpan.Zero, e.Duration));
        }
        if (marks.Count <= MaxTape)
            return marks;
        return [.. marks.OrderByDescending(static mark => mark.Kind == RecordKind.Error ? TimeSpan.MaxValue : mark.Length ?? TimeSpan.MaxValue).Take(MaxTape).OrderBy(static mark => mark.From)];
    }
}
