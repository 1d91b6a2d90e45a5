using AgentOps.Events;
using AgentOps.Pricing;

namespace AgentOps.Server.Store;

/// <summary>An event as the store has it: its facts, without arguments, results and texts, and what was worked out about it.</summary>
/// <param name="Event">The facts.</param>
public sealed record StoredEvent(AgentEvent Event)
{
    public RecordKind Kind { get; } = RecordKinds.Of(Event);

    /// <summary>Of a model call: whether it is part of sums.</summary>
    public Counting Counting { get; init; }

    /// <summary>Of a model call: what it cost itself, in billionths of a dollar; <see langword="null"/> if that is unknown.</summary>
    public long? CostNano { get; init; }

    public CostReason CostReason { get; init; }

    /// <summary>The version of the prices that it was priced with.</summary>
    public string? PriceTable { get; init; }

    /// <summary>Of an error: its group.</summary>
    public long? ErrorGroup { get; init; }

    public string Name => RecordKinds.NameOf(Event);
}

/// <summary>What an event took and gave, as JSON text; what it does not have is <see langword="null"/>.</summary>
public sealed record EventContent
{
    public static EventContent None { get; } = new();

    /// <summary>An object of the arguments.</summary>
    public string? Params { get; init; }

    public string? Returns { get; init; }

    public string? Prompt { get; init; }

    public string? Completion { get; init; }

    /// <summary>An array of <c>{id, name, arguments}</c>.</summary>
    public string? ToolCalls { get; init; }

    /// <summary>An object of the provider's own counters.</summary>
    public string? RawUsage { get; init; }

    /// <summary>Text: log lines, or the stack of an error.</summary>
    public string? Logs { get; init; }

    public bool IsEmpty => this == None;
}

/// <summary>A session with all its events in the order in which they started.</summary>
public sealed record StoredSession(SessionRow Session, IReadOnlyList<StoredEvent> Events);
