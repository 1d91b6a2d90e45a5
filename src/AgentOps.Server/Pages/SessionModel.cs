using AgentOps.Events;
using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>An event in the tree of its session.</summary>
public sealed class TreeRow
{
    public required StoredEvent Stored { get; init; }

    public required int Depth { get; init; }

    /// <summary>For each level above: whether that line goes on below.</summary>
    public required IReadOnlyList<bool> LinesGoOn { get; init; }

    public bool IsLast { get; init; }

    public bool HasChildren { get; set; }

    /// <summary>Errors that this call failed with.</summary>
    public List<ErrorEvent> Errors { get; } = [];

    /// <summary>Billionths of a dollar of this and all below, each counted once; <see langword="null"/> if no call is priced.</summary>
    public long? SubtreeNano { get; set; }

    /// <summary>Calls in this and below whose cost is unknown.</summary>
    public int SubtreeUnpriced { get; set; }

    public int SubtreeCalls { get; set; }

    public long? SubtreeTokens { get; set; }

    public AgentEvent Event => Stored.Event;
}

/// <summary>A session as a tree over time, with one event looked into.</summary>
public sealed class SessionModel
{
    private SessionModel(ViewState view, StoredSession stored)
    {
        View = view;
        Session = stored.Session;
        Events = [.. stored.Events.Where(static e => e.Kind is RecordKind.Llm or RecordKind.Tool or RecordKind.Action or RecordKind.Error)];
        Logs = [.. stored.Events.Select(static e => e.Event).OfType<LogEvent>()];
        Rows = SessionTree.Of(Events);
        Length = LengthOf();
        Step = StepOf();
    }

    public ViewState View { get; }

    public SessionRow Session { get; }

    public IReadOnlyList<StoredEvent> Events { get; }

    /// <summary>Calls and errors without a call, each before what lies inside it.</summary>
    public IReadOnlyList<TreeRow> Rows { get; }

    /// <summary>Records of the program's own log, in their order.</summary>
    public IReadOnlyList<LogEvent> Logs { get; }

    /// <summary>What the width of the waterfall stands for.</summary>
    public TimeSpan Length { get; }

    /// <summary>The row that the session is looked at up to; <see langword="null"/> for all of it.</summary>
    public int? Step { get; }

    public TreeRow? Selected { get; private init; }

    public EventContent Content { get; private init; } = EventContent.None;

    /// <summary>The stack of the error that is looked at, or of the first that the call failed with.</summary>
    public string? Stack { get; private init; }

    public IReadOnlyDictionary<string, int> Series { get; private init; } = new Dictionary<string, int>();

    /// <summary>When the process died.</summary>
    public TimeSpan? Died => Session.State == SessionState.Interrupted && Session.Ended is { } ended ? ended - Session.Started : null;

    /// <summary>The rows in the order in which they started, for stepping.</summary>
    public IReadOnlyList<TreeRow> InTime => [.. Rows.OrderBy(static row => row.Event.Start)];

    public static async Task<SessionModel?> LoadAsync(ViewState view, IEventStore store, Guid id)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        if (await store.ReadSessionAsync(id) is not { } stored)
            return null;
        var model = new SessionModel(view, stored);
        TreeRow? selected = model.Choose(view["event"]);
        Guid? error = selected?.Event is ErrorEvent own ? own.Id : selected is { Errors: [ErrorEvent first, ..] } ? first.Id : null;
        return new SessionModel(view, stored)
        {
            Selected = selected,
            Content = selected is null ? EventContent.None : await store.ReadContentAsync(selected.Event.Id) ?? EventContent.None,
            Stack = error is { } failed ? (await store.ReadContentAsync(failed))?.Logs : null,
            Series = await store.ReadSeriesAsync(),
        };
    }

    /// <summary>How long after the session's start.</summary>
    public TimeSpan At(DateTimeOffset moment) => moment > Session.Started ? moment - Session.Started : TimeSpan.Zero;

    /// <summary>Where a moment is on the waterfall, from 0 to 1.</summary>
    public double Place(DateTimeOffset moment) => Length > TimeSpan.Zero ? Math.Min(1, At(moment) / Length) : 0;

    /// <summary>When a call ended, or how far it has come.</summary>
    public DateTimeOffset EndOf(AgentEvent e) => e.End ?? (e.Status == EventStatus.Interrupted ? Session.Ended ?? Session.LastSeen : View.Now > Session.LastSeen && Session.State == SessionState.Live ? View.Now : Session.LastSeen);

    /// <summary>The event that was asked for: an error is looked at in the call that failed with it. Else the first that failed, or was cut off, or asked a model.</summary>
    private TreeRow? Choose(string? asked)
    {
        if (Guid.TryParse(asked, out Guid id)
            && (Rows.FirstOrDefault(row => row.Event.Id == id) ?? Rows.FirstOrDefault(row => row.Errors.Any(error => error.Id == id))) is { } found)
            return found;
        return Rows.FirstOrDefault(static row => row.Event.Status == EventStatus.Interrupted && !row.HasChildren) ?? Rows.FirstOrDefault(static row => row.Errors.Count > 0 || row.Stored.Kind == RecordKind.Error)
            ?? Rows.FirstOrDefault(static row => row.Stored.Kind == RecordKind.Llm) ?? (Rows.Count > 0 ? Rows[0] : null);
    }

    private TimeSpan LengthOf()
    {
        TimeSpan length = Session.DurationAt(View.Now);
        TimeSpan last = Events.Count == 0 ? TimeSpan.Zero : Events.Max(e => At(EndOf(e.Event)));
        TimeSpan all = length > last ? length : last;
        // Behind the death of its process there is a little room, to show that nothing came.
        return Session.State == SessionState.Interrupted ? all * 1.05 : all;
    }

    private int? StepOf() => int.TryParse(View["step"], out int step) && step >= 1 && step <= Rows.Count ? step : null;
}
