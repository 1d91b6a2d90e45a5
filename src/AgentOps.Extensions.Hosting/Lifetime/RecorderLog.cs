using Microsoft.Extensions.Logging;

namespace AgentOps.Extensions.Hosting.Lifetime;

/// <summary>What the host says of the recorder, in the category <c>AgentOps.Recorder</c>.</summary>
internal static partial class RecorderLog
{
    [LoggerMessage(1, LogLevel.Information, "Recording to {LogDirectory}.")]
    public static partial void Recording(ILogger logger, string? logDirectory);

    [LoggerMessage(2, LogLevel.Warning, "Recording to {LogDirectory}, though not as it should be: {Problem}")]
    public static partial void RecordingWithProblem(ILogger logger, string? logDirectory, string problem);

    [LoggerMessage(3, LogLevel.Warning, "Recording to memory, which is lost when the process ends: {Problem}")]
    public static partial void RecordingToMemory(ILogger logger, string problem);

    [LoggerMessage(4, LogLevel.Warning,
        "The recorder of this process was running with other settings before this host started, so these have no effect: {Settings}. "
        + "Give all hosts of a process the same settings, and start the first before any session.")]
    public static partial void SettingsIgnored(ILogger logger, string settings);

    [LoggerMessage(5, LogLevel.Information, "The metrics of this process are published already, by another host or Recorder.PublishMetrics.")]
    public static partial void MetricsTaken(ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "The host's time to stop was up before all that was recorded had been brought to the disk itself. It is in the log's files.")]
    public static partial void FlushCutShort(ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "{Dropped} events were dropped: {Problem}")]
    public static partial void EventsDropped(ILogger logger, long dropped, string problem);

    [LoggerMessage(8, LogLevel.Warning, "{OpenSessions} sessions are open still. If the process ends now they read as crashed: end every session.")]
    public static partial void SessionsOpen(ILogger logger, int openSessions);
}
