using System.Diagnostics;
using AgentOps.Events;

namespace AgentOps.Metrics.Publishing;

/// <summary>The attributes of measurements. Few values each: nothing of a prompt, an id or a message is among them.</summary>
internal static class MetricTags
{
    public const string EventType = "agentops.event.type";
    public const string Bucket = "agentops.token.bucket";
    public const string CostReasonName = "agentops.cost.reason";
    public const string EndStateName = "agentops.session.end_state";
    public const string LossReason = "agentops.loss.reason";
    public const string UsageKnown = "agentops.usage.known";
    public const string ErrorType = "error.type";
    public const string TokenType = "gen_ai.token.type";

    /// <summary>What OpenTelemetry calls an error of which no type is known.</summary>
    private const string OtherError = "_OTHER";

    public static TagList Of(LlmEvent call)
    {
        var tags = new TagList { { "gen_ai.operation.name", OperationOf(call) } };
        if (call.Provider is { } provider)
            tags.Add("gen_ai.provider.name", provider);
        if ((call.RequestModel ?? call.Model) is { } asked)
            tags.Add("gen_ai.request.model", asked);
        // A call that failed has a model that was asked, and none that answered.
        if (call.Model is { } answered && (call.Status == EventStatus.Ok || answered != (call.RequestModel ?? answered)))
            tags.Add("gen_ai.response.model", answered);
        return tags;
    }

    public static TagList Of(ToolEvent tool) => new() { { "gen_ai.operation.name", "execute_tool" }, { "gen_ai.tool.name", tool.Name } };

    /// <summary>The tags and one more.</summary>
    public static TagList With(this TagList tags, string name, object? value)
    {
        tags.Add(name, value);
        return tags;
    }

    /// <summary>The tags, and what failed if the call did.</summary>
    public static TagList WithError(this TagList tags, AgentEvent call, string? errorType) =>
        call.Status == EventStatus.Error ? tags.With(ErrorType, errorType ?? OtherError) : tags;

    public static string Of(EndState state) => state switch
    {
        EndState.Success => "success",
        EndState.Fail => "fail",
        _ => "indeterminate",
    };

    /// <summary>The log does not say what was asked for; embeddings models have it in their name.</summary>
    private static string OperationOf(LlmEvent call) =>
        call.Model?.Contains("embed", StringComparison.OrdinalIgnoreCase) == true ? "embeddings" : "chat";
}
