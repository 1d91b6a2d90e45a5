namespace AgentOps.Server.Store;

/// <summary>What a session was and did, worked out from its events.</summary>
public sealed record SessionRow
{
    public required Guid Id { get; init; }

    public required string Project { get; init; }

    public string? Name { get; init; }

    public SessionState State { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>When it ended, or showed its last sign of life; <see langword="null"/> while a process has it open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When the last thing in it happened.</summary>
    public DateTimeOffset LastSeen { get; init; }

    public int Llms { get; init; }

    public int Tools { get; init; }

    public int Actions { get; init; }

    public int Errors { get; init; }

    public int Events => Llms + Tools + Actions + Errors;

    /// <summary>Calls that are under way.</summary>
    public int Incomplete { get; init; }

    /// <summary>Calls that their process ended in the middle of.</summary>
    public int Interrupted { get; init; }

    /// <summary><see langword="null"/> if no call said anything of them.</summary>
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? Tokens => InputTokens is null && OutputTokens is null ? null : (InputTokens ?? 0) + (OutputTokens ?? 0);

    /// <summary>Model calls that sums are over.</summary>
    public int CountedCalls { get; init; }

    /// <summary>How many of them say nothing of tokens.</summary>
    public int UnknownUsage { get; init; }

    /// <summary>Billionths of a dollar, of the calls whose cost is known; <see langword="null"/> if there are calls and none is known.</summary>
    public long? CostNano { get; init; }

    /// <summary>Calls whose cost is unknown, and is in no sum.</summary>
    public int UnpricedCalls { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> Agents { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, MetricValue> Metrics { get; init; } = new Dictionary<string, MetricValue>();

    public IReadOnlyList<TapeMark> Tape { get; init; } = [];

    /// <summary>What stands for the session where it has a name to be read.</summary>
    public string Title => Name ?? (Agents.Count > 0 ? Agents[0] : "session");

    /// <summary>From its start to its end, or to now while it is open.</summary>
    public TimeSpan DurationAt(DateTimeOffset now)
    {
        DateTimeOffset end = Ended ?? (now > LastSeen ? now : LastSeen);
        return end > Started ? end - Started : TimeSpan.Zero;
    }
}

/// <summary>A piece of what a session did, on the line of its time.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="From">When it began, from the session's start.</param>
/// <param name="Length">How long it took; <see langword="null"/> if no end is known.</param>
public readonly record struct TapeMark(RecordKind Kind, TimeSpan From, TimeSpan? Length);
