using System.Diagnostics.CodeAnalysis;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>How an event ended.</summary>
public enum EventStatus
{
    /// <summary>As it should.</summary>
    Ok = 0,

    /// <summary>An exception left the call.</summary>
    Error = 1,

    /// <summary>It was cancelled.</summary>
    Cancelled = 2,

    /// <summary>A stream that its consumer left before the end.</summary>
    Abandoned = 3,

    /// <summary>No end is recorded yet: the call is under way.</summary>
    Incomplete = 4,

    /// <summary>No end will be recorded: its process ended in the middle of it.</summary>
    Interrupted = 5,
}

/// <summary>An agent that events are attributed to.</summary>
/// <param name="Id">The id of the instance, or of the class where no instance was at hand.</param>
/// <param name="Name">The agent's name.</param>
public sealed record AgentIdentity(Guid Id, string Name);

/// <summary>Where in the source a recorded call stands.</summary>
/// <param name="Project">The assembly that makes the call.</param>
/// <param name="Method">The method that is called.</param>
/// <param name="File">The file, relative to its project.</param>
/// <param name="Line">The line, from 1.</param>
public sealed record CallSite(string Project, string Method, string File, int Line)
{
    /// <summary><c>file:line</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File}:{Line}");
}

/// <summary>One thing that happened in a session, as the log tells it. Immutable.</summary>
public abstract record AgentEvent
{
    /// <summary>An event whose properties are all given by an initialiser.</summary>
    protected AgentEvent()
    {
    }

    /// <summary>An event as a log has it.</summary>
    [SetsRequiredMembers]
    private protected AgentEvent(in EventHead head)
    {
        Id = head.Id;
        SessionId = head.SessionId;
        ParentId = head.ParentId;
        Agent = head.Agent;
        Site = head.Site;
        Start = head.Start;
        Duration = head.Duration;
        DurationNanoseconds = head.DurationNanoseconds;
        Status = head.Status;
        IsTruncated = head.IsTruncated;
        Params = head.Params ?? [];
        Returns = head.Returns;
        Logs = head.Logs;
    }

    /// <summary>The event's id: unique, and the same whenever the log is read.</summary>
    public required Guid Id { get; init; }

    /// <summary>The session it belongs to.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The event inside which it happened; <see langword="null"/> for a root of the session.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>The agent it is attributed to, if any.</summary>
    public AgentIdentity? Agent { get; init; }

    /// <summary>Where in the source it came from; <see langword="null"/> for events recorded by hand.</summary>
    public CallSite? Site { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it took, from monotonic ticks; <see langword="null"/> while no end is known.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How long it took in nanoseconds; <see langword="null"/> while no end is known.</summary>
    public long? DurationNanoseconds { get; init; }

    /// <summary>How it ended.</summary>
    public EventStatus Status { get; init; }

    /// <summary>Whether arguments or result were cut at the payload limit.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The captured arguments, in order.</summary>
    public IReadOnlyList<EventField> Params { get; init; } = [];

    /// <summary>The captured result; <see langword="null"/> if there is none.</summary>
    public EventValue? Returns { get; init; }

    /// <summary>Log text that belongs to the event.</summary>
    public string? Logs { get; init; }

    /// <summary>The type as AgentOps names it: <c>actions</c>, <c>tools</c>, <c>llms</c>, <c>errors</c>, <c>session_start</c>, …</summary>
    public abstract string EventType { get; }

    /// <summary>What to call the event in a list.</summary>
    public abstract string DisplayName { get; }

    /// <summary>When it ended, in UTC; <see langword="null"/> while no end is known.</summary>
    public DateTimeOffset? End => Start + Duration;
}

/// <summary>A step of the agent.</summary>
public sealed record ActionEvent : AgentEvent
{
    /// <inheritdoc/>
    public ActionEvent()
    {
    }

    [SetsRequiredMembers]
    internal ActionEvent(in EventHead head)
        : base(head)
    {
        ActionType = "";
    }

    /// <summary>What kind of action it is.</summary>
    public required string ActionType { get; init; }

    /// <summary>A screenshot: a URL or base64 of a PNG.</summary>
    public string? Screenshot { get; init; }

    /// <inheritdoc/>
    public override string EventType => EventTypes.Of(EventKind.Action);

    /// <inheritdoc/>
    public override string DisplayName => ActionType;
}

/// <summary>Use of a tool.</summary>
public sealed record ToolEvent : AgentEvent
{
    /// <inheritdoc/>
    public ToolEvent()
    {
    }

    [SetsRequiredMembers]
    internal ToolEvent(in EventHead head)
        : base(head)
    {
        Name = "";
    }

    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public override string EventType => EventTypes.Of(EventKind.Tool);

    /// <inheritdoc/>
    public override string DisplayName => Name;
}

/// <summary>Something failed.</summary>
public sealed record ErrorEvent : AgentEvent
{
    /// <inheritdoc/>
    public ErrorEvent()
    {
    }

    [SetsRequiredMembers]
    internal ErrorEvent(in EventHead head)
        : base(head)
    {
        ErrorType = "";
    }

    /// <summary>The exception's type, or what was given by hand.</summary>
    public required string ErrorType { get; init; }

    /// <summary>A code, for example an HTTP status.</summary>
    public string? Code { get; init; }

    /// <summary>What happened.</summary>
    public string? Details { get; init; }

    /// <summary>The event that failed, if it is known.</summary>
    public Guid? TriggerEventId { get; init; }

    /// <summary>The type of that event.</summary>
    public string? TriggerEventType { get; init; }

    /// <inheritdoc/>
    public override string EventType => EventTypes.Of(EventKind.Error);

    /// <inheritdoc/>
    public override string DisplayName => ErrorType;
}

/// <summary>What the events of a log have in common, ready to be taken over by one.</summary>
internal readonly record struct EventHead(Guid Id, Guid SessionId, DateTimeOffset Start)
{
    public Guid? ParentId { get; init; }

    public AgentIdentity? Agent { get; init; }

    public CallSite? Site { get; init; }

    public TimeSpan? Duration { get; init; }

    public long? DurationNanoseconds { get; init; }

    public EventStatus Status { get; init; }

    public bool IsTruncated { get; init; }

    public IReadOnlyList<EventField>? Params { get; init; }

    public EventValue? Returns { get; init; }

    public string? Logs { get; init; }
}
