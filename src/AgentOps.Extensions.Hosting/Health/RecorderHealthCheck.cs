using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AgentOps.Extensions.Hosting.Health;

/// <summary>Judges <see cref="RecorderHealth"/>: unhealthy while events are dropped, degraded while something else is wrong, or was a moment ago.</summary>
/// <param name="read">Reads the recorder's health.</param>
/// <param name="time">The clock by which losses grow old.</param>
internal sealed class RecorderHealthCheck(Func<RecorderHealth> read, TimeProvider time) : IHealthCheck
{
    /// <summary>How long a loss counts as one of now: several probes may ask, and each shall see it.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    /// <summary>Losses by design: what the limits of the log say shall go, and shall be cut.</summary>
    private static readonly string[] s_byDesign = ["SegmentExpired", "PayloadTruncated"];

    private readonly object _lock = new();
    private long _dropped;
    private long _lost;
    private DateTimeOffset? _droppedAt;
    private DateTimeOffset? _lostAt;

    public RecorderHealthCheck()
        : this(Recorder.GetHealth, TimeProvider.System)
    {
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        RecorderHealth health = read();
        (bool isDropping, bool isLosing) = Notice(health);
        HealthStatus status = isDropping ? context.Registration.FailureStatus : IsDegraded(health) || isLosing ? Worst(context.Registration.FailureStatus) : HealthStatus.Healthy;
        return Task.FromResult(new HealthCheckResult(status, Describe(health, isDropping, isLosing), exception: null, DataOf(health)));
    }

    private static bool IsDegraded(RecorderHealth health) => health.Mode == RecorderMode.Memory || health.LogProblem is not null;

    /// <summary>A check that may not fail worse than degraded, or not at all, never does.</summary>
    private static HealthStatus Worst(HealthStatus failure) => failure == HealthStatus.Healthy ? HealthStatus.Healthy : HealthStatus.Degraded;

    private (bool IsDropping, bool IsLosing) Notice(RecorderHealth health)
    {
        long lost = health.Losses.Where(static loss => !s_byDesign.Contains(loss.Key)).Sum(static loss => loss.Value) - health.DroppedEvents;
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (health.DroppedEvents > _dropped)
                (_dropped, _droppedAt) = (health.DroppedEvents, now);
            if (lost > _lost)
                (_lost, _lostAt) = (lost, now);
            return (now - _droppedAt < Recent, now - _lostAt < Recent);
        }
    }

    private static string Describe(RecorderHealth health, bool isDropping, bool isLosing)
    {
        string problem = health.Problem is { } known ? $" {known}" : "";
        if (isDropping)
            return $"Events are dropped, {health.DroppedEvents} so far.{problem}";
        if (health.Mode == RecorderMode.Memory)
            return $"Recording to memory, which is lost when the process ends.{problem}";
        if (health.LogProblem is not null)
            return $"Recording, though not as it should be.{problem}";
        if (isLosing)
            return $"Something could not be recorded.{problem}";
        return health.Mode == RecorderMode.NotStarted ? "Nothing was recorded so far." : $"Recording to {health.LogDirectory}.";
    }

    private static Dictionary<string, object> DataOf(RecorderHealth health)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["mode"] = health.Mode.ToString(),
            ["open_sessions"] = health.OpenSessions,
            ["calls_without_session"] = health.CallsWithoutSession,
            ["dropped_events"] = health.DroppedEvents,
        };
        if (health.LogDirectory is { } directory)
            data["log_directory"] = directory;
        if (health.Problem is { } problem)
            data["problem"] = problem;
        foreach ((string reason, long count) in health.Losses)
            data[$"losses.{reason}"] = count;
        return data;
    }
}
