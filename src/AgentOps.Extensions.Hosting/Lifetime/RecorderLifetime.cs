using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentOps.Extensions.Hosting.Lifetime;

/// <summary>Opens the recorder before the host's other services start, and brings what was recorded to the disk after they have stopped.</summary>
internal sealed class RecorderLifetime(IOptions<AgentOpsOptions> options, ILoggerFactory loggers) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger(OwnCategories.Recorder);
    private IDisposable? _metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ignored = ProcessRecorder.Open(options.Value.Recorder);
        if (ignored.Count > 0)
            RecorderLog.SettingsIgnored(_logger, string.Join(", ", ignored));
        if (options.Value.PublishMetrics)
            PublishMetrics();
        TellHealth(RecorderHealth.Current);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        try
        {
            await Recorder.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's time is up. What was recorded is in the files, and the system brings them to the disk.
            RecorderLog.FlushCutShort(_logger);
        }
        RecorderHealth health = RecorderHealth.Current;
        if (health.DroppedEvents > 0)
            RecorderLog.EventsDropped(_logger, health.DroppedEvents, health.Problem ?? "No cause is known.");
        if (health.OpenSessions > 0)
            RecorderLog.SessionsOpen(_logger, health.OpenSessions);
    }

    /// <summary>A host that failed to start, or is never stopped, gives the meter free all the same.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _metrics = null;
    }

    private void PublishMetrics()
    {
        try
        {
            _metrics = Recorder.PublishMetrics(options.Value.Prices);
        }
        catch (InvalidOperationException)
        {
            RecorderLog.MetricsTaken(_logger);
        }
    }

    private void TellHealth(RecorderHealth health)
    {
        if (health.Mode == RecorderMode.Memory)
            RecorderLog.RecordingToMemory(_logger, health.Problem ?? "No cause is known.");
        else if (health.LogProblem is { } problem)
            RecorderLog.RecordingWithProblem(_logger, health.LogDirectory, problem);
        else
            RecorderLog.Recording(_logger, health.LogDirectory);
    }
}
