using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Events;

/// <summary>How recorded events read in the log. Numbers, names and values are documented and stay.</summary>
internal static partial class EventMessages
{
    // What the text leaves out is a value of the record all the same, under the name of its parameter.
#pragma warning disable SYSLIB1015

    [LoggerMessage(EventId = 1, EventName = "SessionStarted", Message = "Session {SessionName} started ({SessionId})")]
    public static partial void SessionStarted(ILogger logger, LogLevel level, string? sessionName, Guid sessionId);

    [LoggerMessage(EventId = 2, EventName = "SessionEnded", Message = "Session {SessionId} ended {EndState}: {EndStateReason}")]
    public static partial void SessionEnded(ILogger logger, LogLevel level, Guid sessionId, EndState endState, string? endStateReason);

    [LoggerMessage(EventId = 10, EventName = "Action", Message = "Action {ActionType} {Status} in {DurationMs} ms ({SessionId}, {CallId})")]
    public static partial void Action(ILogger logger, LogLevel level, string actionType, string status, double? durationMs, Guid sessionId, Guid callId, string? AgentName);

    [LoggerMessage(EventId = 11, EventName = "Tool", Message = "Tool {ToolName} {Status} in {DurationMs} ms ({SessionId}, {CallId})")]
    public static partial void Tool(ILogger logger, LogLevel level, string toolName, string status, double? durationMs, Guid sessionId, Guid callId, string? AgentName);

    [LoggerMessage(EventId = 12, EventName = "ModelCall",
        Message = "Model {Model} of {Provider} {Status} in {DurationMs} ms with {InputTokens} tokens in and {OutputTokens} out ({SessionId}, {CallId})")]
    public static partial void ModelCall(
        ILogger logger, LogLevel level, string? model, string? provider, string status, double? durationMs, long? inputTokens, long? outputTokens,
        Guid sessionId, Guid callId, string? AgentName);

    [LoggerMessage(EventId = 20, EventName = "Error", Message = "{ErrorType}: {ErrorDetails} ({SessionId}, {FailedCallId})")]
    public static partial void Error(ILogger logger, LogLevel level, string errorType, string? errorDetails, Guid sessionId, Guid? failedCallId, string? ErrorCode, string? AgentName);
}
