using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>
/// The facts of one recorded call, straight from its frames: nothing is allocated, and arguments and result are not looked at.
/// Valid only while the visitor that got it runs.
/// </summary>
public readonly ref struct RecordedCall
{
    private readonly LogTables _tables;
    private readonly SiteDefinition _site;
    private readonly long _position;
    private readonly long _startTicks;
    private readonly long _elapsedTicks;
    private readonly ClockSnapshot _clock;

    internal RecordedCall(LogTables tables, SiteDefinition site, Guid session, in ClockSnapshot clock, long position, long startTicks, long elapsedTicks, EventStatus status)
    {
        _tables = tables;
        _site = site;
        _clock = clock;
        _position = position;
        _startTicks = startTicks;
        _elapsedTicks = elapsedTicks;
        SessionId = session;
        Status = status;
    }

    /// <summary>The event's id.</summary>
    public Guid Id => EventIds.Create(_tables.LogKey, _position);

    /// <summary>The session it belongs to.</summary>
    public Guid SessionId { get; }

    /// <summary>The type as AgentOps names it: <c>actions</c>, <c>tools</c> or <c>llms</c>.</summary>
    public string EventType => EventTypes.Of(_site.Kind);

    /// <summary>The action type, the tool's name, or the method of a model call.</summary>
    public string Name => _site.Name;

    /// <summary>Where in the source the call stands.</summary>
    public CallSite Site => _site.Site;

    /// <summary>
    /// When it started, in UTC: by the last reading of both clocks that was scanned, so it may differ from the event's by the drift
    /// of one against the other within a second.
    /// </summary>
    public DateTimeOffset Start => _clock.ToUtc(_startTicks);

    /// <summary>How long it took in nanoseconds; <see langword="null"/> if no end is known.</summary>
    public long? DurationNanoseconds => _elapsedTicks < 0 ? null : _clock.ToNanoseconds(_elapsedTicks);

    /// <summary>How it ended.</summary>
    public EventStatus Status { get; }
}

/// <summary>Looks at a recorded call.</summary>
/// <param name="call">The call; not to be kept.</param>
public delegate void RecordedCallVisitor(in RecordedCall call);
