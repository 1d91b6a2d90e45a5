using AgentOps.Server.Filters;

namespace AgentOps.Server.Store;

/// <summary>What is looked at: a project, or all; and a time whose end is not part of it.</summary>
/// <param name="Project">The project; all when <see langword="null"/>.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment behind the last.</param>
public sealed record Scope(string? Project, DateTimeOffset From, DateTimeOffset To);

/// <summary>What kind of call is summed up in a row.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The action type, tool, method or type of error.</param>
/// <param name="Model">The model; empty where there is none or it is unknown.</param>
/// <param name="Provider">Who serves it; likewise.</param>
/// <param name="IsOuter">Of model calls: whether others lie inside.</param>
public readonly record struct RollUpKey(RecordKind Kind, string Name, string Model, string Provider, bool IsOuter);

/// <summary>The events of one kind in one bucket of time.</summary>
public sealed record RollUpRow(int Bucket, RollUpKey Key, Measures Measures);

/// <summary>Sessions in one bucket of time: those that started there, and those that ended there by how.</summary>
public sealed record SessionBucket(int Bucket)
{
    public int Started { get; set; }

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    /// <summary>Ended without a word of how it went, or by the death of their process.</summary>
    public int Undecided { get; set; }

    public int Ended => Succeeded + Failed + Undecided;
}

public enum SessionSort
{
    Started,
    Duration,
    Cost,
    Tokens,
    Events,
    Errors,
    Name,
}

/// <summary>Which sessions to list.</summary>
public sealed record SessionQuery(Scope Scope)
{
    public FilterNode? Filter { get; init; }

    public SessionSort Sort { get; init; }

    public bool Ascending { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; } = 25;
}

/// <summary>Sessions of one page, and sums over all pages.</summary>
public sealed record SessionPage(IReadOnlyList<SessionRow> Rows)
{
    public required long Matching { get; init; }

    public required long InScope { get; init; }

    public required long CostNano { get; init; }

    public required long UnpricedCalls { get; init; }

    public required long Tokens { get; init; }

    /// <summary>The median of those that have ended.</summary>
    public required TimeSpan? MedianDuration { get; init; }
}

public enum FacetKind
{
    Tag = 0,
    Agent = 1,
    Model = 2,

    /// <summary>A custom metric whose value is text; <see cref="FacetValue.Group"/> is its name.</summary>
    Metric = 3,
    State = 4,
}

/// <summary>How many sessions have a value.</summary>
public sealed record FacetValue(FacetKind Kind, string Group, string Value, long Sessions);

/// <summary>Errors of one kind: of one type, with the same message but for its values, at the same place.</summary>
public sealed record ErrorGroup
{
    public required long Id { get; init; }

    public required string Type { get; init; }

    /// <summary>The message; what differs from one to the next reads <c>⟨n⟩</c>, <c>⟨id⟩</c> or <c>⟨text⟩</c>.</summary>
    public required string Message { get; init; }

    /// <summary>The first frame of the stack that is not the platform's; empty if there is none.</summary>
    public required string Frame { get; init; }

    /// <summary>What failed most lately, and what kind of call it was.</summary>
    public string? Trigger { get; init; }

    public RecordKind? TriggerKind { get; init; }

    public long Events { get; init; }

    public long EventsBefore { get; init; }

    public long Sessions { get; init; }

    /// <summary>When it was seen for the first time ever.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    /// <summary>How many there were in each bucket.</summary>
    public IReadOnlyList<long> Trend { get; init; } = [];
}

/// <summary>One error with where it happened.</summary>
public sealed record ErrorRow(Guid Id, Guid Session, string? SessionName, string Type, string Message, DateTimeOffset At, string? Trigger);

/// <summary>A call with where it happened.</summary>
public sealed record CallRow(Guid Id, Guid Session, RecordKind Kind, string Name, string? Model, TimeSpan Duration, long? Tokens, DateTimeOffset At);

/// <summary>How much is stored.</summary>
public sealed record StoreFigures(long Events, long Sessions, long Bytes, DateTimeOffset? LastEvent);
