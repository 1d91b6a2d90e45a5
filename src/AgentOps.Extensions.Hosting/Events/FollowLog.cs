using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Events;

/// <summary>What went wrong while the event log was followed.</summary>
internal static partial class FollowLog
{
    [LoggerMessage(EventId = 30, EventName = "LookFailed", Level = LogLevel.Warning, Message = "Recorded events could not be written to the log; it is tried again.")]
    public static partial void LookFailed(ILogger logger, Exception failure);
}
