using System.Diagnostics.CodeAnalysis;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>A tool that a model wants called.</summary>
/// <param name="Id">The provider's id of the call.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments as JSON text; <see langword="null"/> if there are none or they are kept out of the record.</param>
public sealed record LlmToolCall(string? Id, string? Name, string? Arguments);

/// <summary>A request to a language model.</summary>
public sealed record LlmEvent : AgentEvent
{
    /// <inheritdoc/>
    public LlmEvent()
    {
    }

    [SetsRequiredMembers]
    internal LlmEvent(in EventHead head)
        : base(head)
    {
    }

    /// <summary>The method's name, for calls of marked methods.</summary>
    public string? Name { get; init; }

    /// <summary>The model that answered, else the one that was asked; <see langword="null"/> if neither is known.</summary>
    public string? Model { get; init; }

    /// <summary>The model that was asked, by an argument or by the attribute; <see langword="null"/> if unknown.</summary>
    public string? RequestModel { get; init; }

    /// <summary>Who serves it.</summary>
    public string? Provider { get; init; }

    /// <summary>The service tier that served it.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; init; }

    /// <summary>The conversation's id.</summary>
    public string? ThreadId { get; init; }

    /// <summary>What was asked.</summary>
    public EventValue? Prompt { get; init; }

    /// <summary>What was answered: the text if there is any, else what was returned.</summary>
    public EventValue? Completion { get; init; }

    /// <summary>The tools that the model wants called, in its order.</summary>
    public IReadOnlyList<LlmToolCall> ToolCalls { get; init; } = [];

    /// <summary>Why the model stopped, in the provider's word.</summary>
    public string? FinishReason { get; init; }

    /// <summary>The tokens used; <see langword="null"/> if nothing is known of them.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>Counters of the provider, under its names, that say more or other than <see cref="Usage"/>.</summary>
    public IReadOnlyDictionary<string, long> RawUsage { get; init; } = new Dictionary<string, long>();

    /// <summary>
    /// Whether usage and cost are said to be sums over several requests. Such a call, and any other with model calls inside it, is counted only where none
    /// of those inside says what it used.
    /// </summary>
    public bool IsAggregate { get; init; }

    /// <summary>What it cost in USD as the provider says, or whoever recorded it by hand; <see langword="null"/> if nobody does.</summary>
    public decimal? ReportedCost { get; init; }

    /// <summary>From the call to the first piece of a streamed answer; <see langword="null"/> if it was not streamed, or nothing came.</summary>
    public TimeSpan? TimeToFirstToken { get; init; }

    /// <summary>How many chunks a streamed answer had; <see langword="null"/> if it was not streamed.</summary>
    public long? ChunkCount { get; init; }

    /// <summary>Output tokens a second from the first piece of a streamed answer to its end; <see langword="null"/> where one of them is unknown.</summary>
    public double? TokensPerSecond =>
        Usage?.OutputTokens is { } tokens && TimeToFirstToken is { } first && Duration is { } all && all > first ? tokens / (all - first).TotalSeconds : null;

    /// <inheritdoc/>
    public override string EventType => EventTypes.Of(EventKind.Llm);

    /// <inheritdoc/>
    public override string DisplayName => Model ?? Name ?? "llm";
}
