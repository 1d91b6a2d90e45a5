using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting;

/// <summary>At which levels recorded events are written to the log.</summary>
public sealed class AgentOpsEventLogOptions
{
    /// <summary>The level of starts and ends of sessions; a session that failed is written as <see cref="ErrorLevel"/>.</summary>
    public LogLevel SessionLevel { get; set; } = LogLevel.Information;

    /// <summary>The level of actions, tools and model calls, whether they failed or not: why they did is an event of its own.</summary>
    public LogLevel CallLevel { get; set; } = LogLevel.Information;

    /// <summary>The level of errors. Agents are used to failing tools, so it is <see cref="LogLevel.Warning"/> when left out.</summary>
    public LogLevel ErrorLevel { get; set; } = LogLevel.Warning;
}
