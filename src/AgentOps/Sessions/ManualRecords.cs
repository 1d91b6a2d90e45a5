using System.Text.Json.Nodes;
using AgentOps.Events;
using AgentOps.Recording;

namespace AgentOps;

/// <summary>What all events recorded by hand have in common.</summary>
public abstract class ManualRecord
{
    /// <summary>Parameters by name.</summary>
    public JsonObject Params { get; } = [];

    /// <summary>What came out of it.</summary>
    public JsonNode? Returns { get; set; }

    /// <summary>When it began; the time of recording when left out.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>When it ended; the time of recording when left out.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>
    /// The event that this one is a child of, as returned by an earlier record; the recorded call around it when left out.
    /// </summary>
    public Guid? ParentId { get; set; }

    /// <summary>The agent, when it is not the one of the surrounding call.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>That agent's name.</summary>
    public string? AgentName { get; set; }

    /// <summary>Log text that belongs to the event.</summary>
    public string? Logs { get; set; }
}

/// <summary>An action recorded by hand.</summary>
/// <param name="actionType">What kind of action it is.</param>
public sealed class ActionRecord(string actionType) : ManualRecord
{
    /// <summary>What kind of action it is.</summary>
    public string ActionType { get; } = actionType;

    /// <summary>A screenshot: a URL or base64 of a PNG.</summary>
    public string? Screenshot { get; set; }
}

/// <summary>The use of a tool, recorded by hand.</summary>
/// <param name="name">The tool's name.</param>
public sealed class ToolRecord(string name) : ManualRecord
{
    /// <summary>The tool's name.</summary>
    public string Name { get; } = name;
}

/// <summary>A request to a language model, recorded by hand. Token counts that are left out are unknown, not zero.</summary>
public sealed class LlmRecord : ManualRecord
{
    /// <summary>The model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>Who served it.</summary>
    public string? Provider { get; set; }

    /// <summary>The conversation's id.</summary>
    public string? ThreadId { get; set; }

    /// <summary>What was asked: text, or messages.</summary>
    public JsonNode? Prompt { get; set; }

    /// <summary>What was answered.</summary>
    public JsonNode? Completion { get; set; }

    /// <summary>All input tokens, cached ones included.</summary>
    public long? PromptTokens { get; set; }

    /// <summary>All output tokens, reasoning included.</summary>
    public long? CompletionTokens { get; set; }

    /// <summary>The part of the input that was read from a cache.</summary>
    public long? CachedPromptTokens { get; set; }

    /// <summary>The part of the output that was reasoning.</summary>
    public long? ReasoningTokens { get; set; }

    /// <summary>The part of the input that was written to a cache for about five minutes.</summary>
    public long? CacheWriteTokens { get; set; }

    /// <summary>The part of the input that was written to a cache for an hour; not in <see cref="CacheWriteTokens"/>.</summary>
    public long? CacheWrite1HourTokens { get; set; }

    /// <summary>The part of the uncached input that was sound.</summary>
    public long? AudioPromptTokens { get; set; }

    /// <summary>The part of the output that was sound.</summary>
    public long? AudioCompletionTokens { get; set; }

    /// <summary>What it cost in USD, if the provider said.</summary>
    public decimal? Cost { get; set; }

    /// <summary>The service tier that served it.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; set; }

    /// <summary>Why the model stopped.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Whether usage and cost are sums over several requests that may be recorded on their own.</summary>
    public bool IsAggregate { get; set; }

    /// <summary>From the request to the first piece of a streamed answer.</summary>
    public TimeSpan? TimeToFirstToken { get; set; }

    /// <summary>How many chunks a streamed answer had; 0 for one that was not streamed.</summary>
    public long ChunkCount { get; set; }

    /// <summary>The tools that the model wants called.</summary>
    public IList<LlmToolCall> ToolCalls { get; } = [];

    internal LlmResult ToResult()
    {
        var result = new LlmResult
        {
            Provider = Provider,
            Model = Model,
            ServiceTier = ServiceTier,
            ResponseId = ResponseId,
            ConversationId = ThreadId,
            FinishReason = FinishReason,
            ReportedCost = Cost,
            IsAggregate = IsAggregate,
            ChunkCount = Math.Max(0, ChunkCount),
        };
        result.ReplaceUsage(new TokenCounts
        {
            Input = PromptTokens,
            Output = CompletionTokens,
            CacheRead = CachedPromptTokens,
            Reasoning = ReasoningTokens,
            CacheWrite = CacheWriteTokens,
            CacheWrite1Hour = CacheWrite1HourTokens,
            AudioInput = AudioPromptTokens,
            AudioOutput = AudioCompletionTokens,
        });
        foreach (LlmToolCall call in ToolCalls)
            result.AddToolCall(call.Id, call.Name, call.Arguments);
        return result;
    }
}

/// <summary>An error recorded by hand.</summary>
public sealed class ErrorRecord
{
    /// <summary>The exception, if there is one; its type, message and stack fill what is left out below.</summary>
    public Exception? Exception { get; set; }

    /// <summary>What kind of error it is.</summary>
    public string? ErrorType { get; set; }

    /// <summary>A code, for example an HTTP status.</summary>
    public string? Code { get; set; }

    /// <summary>What happened.</summary>
    public string? Details { get; set; }

    /// <summary>Log text, usually the stack trace.</summary>
    public string? Logs { get; set; }

    /// <summary>The event that failed; the recorded call around it when left out.</summary>
    public Guid? TriggerEventId { get; set; }
}
