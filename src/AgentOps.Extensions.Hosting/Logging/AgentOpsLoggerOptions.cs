using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting;

/// <summary>Which records of the program's log join sessions, and with what.</summary>
public sealed class AgentOpsLoggerOptions
{
    /// <summary>
    /// The lowest level that joins; <see cref="LogLevel.Information"/> when left out. Filters of the logging configuration, under <c>AgentOps</c>,
    /// narrow that further.
    /// </summary>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Information;

    /// <summary>Whether the scopes around a record are kept with it. On when left out.</summary>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>Whether a record says in which distributed trace and span it was written. On when left out.</summary>
    public bool IncludeTrace { get; set; } = true;
}
