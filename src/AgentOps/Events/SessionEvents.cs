namespace AgentOps.Events;

/// <summary>A session began in a process.</summary>
public sealed record SessionStartEvent : AgentEvent
{
    /// <summary>The name given to it.</summary>
    public string? Name { get; init; }

    /// <summary>The distributed trace that it is part of; <see langword="null"/> if none is known.</summary>
    public TraceContext? TraceContext { get; init; }

    /// <summary>Whether it was begun by another process and taken up here.</summary>
    public bool IsResumed { get; init; }

    /// <summary>Tags, as they were when the oldest segment that is left was written.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Custom metrics, likewise.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; } = new Dictionary<string, MetricValue>();

    /// <summary>Facts about the host, if asked for.</summary>
    public EventValue? Host { get; init; }

    /// <inheritdoc/>
    public override string EventType => "session_start";

    /// <inheritdoc/>
    public override string DisplayName => Name ?? "session";
}

/// <summary>Tags or custom metrics of a session changed.</summary>
public sealed record SessionUpdateEvent : AgentEvent
{
    /// <summary>The tags from now on.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The custom metrics from now on.</summary>
    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; } = new Dictionary<string, MetricValue>();

    /// <inheritdoc/>
    public override string EventType => "session_update";

    /// <inheritdoc/>
    public override string DisplayName => "session update";
}

/// <summary>A session ended.</summary>
public sealed record SessionEndEvent : AgentEvent
{
    /// <summary>How it ended.</summary>
    public required EndState EndState { get; init; }

    /// <summary>Why, if somebody said.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether nobody ended it: its process is gone, and the log has no end of it. The event then stands at the last sign of life.
    /// </summary>
    public bool IsCrash { get; init; }

    /// <inheritdoc/>
    public override string EventType => "session_end";

    /// <inheritdoc/>
    public override string DisplayName => "session end";
}
