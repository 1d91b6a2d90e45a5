using Microsoft.Extensions.Logging;

namespace AgentOps.AspNetCore;

/// <summary>What goes wrong with the sessions of requests.</summary>
internal static partial class RequestSessionLog
{
    [LoggerMessage(EventId = 40, EventName = "SessionNotStarted", Level = LogLevel.Warning, Message = "A request, {SessionName}, ran in no session: {Problem}")]
    public static partial void NotStarted(ILogger logger, string? sessionName, string problem);
}
