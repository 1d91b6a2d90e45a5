using AgentOps.Log;
using AgentOps.Metrics.Publishing;
using AgentOps.Recording;

namespace AgentOps;

/// <summary>The recorder of this process. Thread-safe.</summary>
public static class Recorder
{
    private static readonly object s_start = new();
    private static RecorderOptions s_options = new();
    private static volatile EventLogWriter? s_log;
    private static volatile string? s_lastProblem;

    internal static EventLogWriter? Log => s_log;

    internal static int MaxPayloadBytes { get; private set; } = new RecorderOptions().MaxPayloadBytes;

    internal static bool PoolsValueTasks { get; private set; }

    internal static bool ErasesSecretNames { get; private set; } = true;

    /// <summary>Types that are written as JSON; <see langword="null"/> if none were registered.</summary>
    internal static RegisteredTypes? RegisteredTypes { get; private set; }

    /// <summary>Sets where and how to record. Call it before the first session starts.</summary>
    /// <param name="options">Read now; later changes to the object have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">A session was started already, so the log is open.</exception>
    public static void Configure(RecorderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (s_start)
        {
            if (s_log is not null)
            {
                throw new InvalidOperationException(
                    "The recorder is running since the first session started. Call Recorder.Configure before Session.Start.");
            }
            s_options = options.Copy();
            MaxPayloadBytes = options.MaxPayloadBytes;
            PoolsValueTasks = options.PoolValueTasks;
            ErasesSecretNames = options.EraseSecretNames;
            RegisteredTypes = options.JsonTypeInfoResolver is { } resolver ? new RegisteredTypes(resolver) : null;
            RecordingGate.WithholdsArguments = !options.Capture.HasFlag(Capture.Arguments);
            RecordingGate.WithholdsResults = !options.Capture.HasFlag(Capture.Result);
            Redactor.UseKey(options.RedactionKey.Span);
        }
    }

    /// <summary>
    /// Opens the log now, rather than with the first session: what is wrong with its place is then known at the start of a program. Does
    /// nothing if it is open. Never throws for the file system's sake.
    /// </summary>
    /// <returns>How the recorder fares now.</returns>
    public static RecorderHealth Open()
    {
        Start();
        return GetHealth();
    }

    /// <summary>
    /// Brings what was recorded so far to the disk itself, so that it survives loss of power too, as <see cref="RecorderOptions.FlushInterval"/>
    /// does from time to time. Never throws for the file system's sake: what cannot be brought there is counted.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait, not the work.</param>
    public static Task FlushAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
        : s_log is { } log ? Task.Run(log.Flush, CancellationToken.None).WaitAsync(cancellationToken)
        : Task.CompletedTask;

    /// <summary>How the recorder fares now.</summary>
    public static RecorderHealth GetHealth()
    {
        EventLogWriter? log = s_log;
        return new RecorderHealth
        {
            Mode = log?.Storage switch
            {
                null => RecorderMode.NotStarted,
                SegmentStorage.Mapped => RecorderMode.Mapped,
                SegmentStorage.Written => RecorderMode.Written,
                _ => RecorderMode.Memory,
            },
            Problem = log?.Problem ?? s_lastProblem,
            LogProblem = log?.Problem,
            LogDirectory = log?.DirectoryPath,
            Losses = log?.Losses.Snapshot() ?? new Dictionary<string, long>(),
            CallsWithoutSession = Volatile.Read(ref RecordingGate.CallsWithoutSession),
            OpenSessions = Volatile.Read(ref RecordingGate.Live),
        };
    }

    /// <summary>
    /// Publishes what is recorded as the meter <c>AgentOps</c> of <see cref="System.Diagnostics.Metrics"/>, under the names of the OpenTelemetry GenAI
    /// conventions; <c>docs/metrics.md</c> lists the instruments. The numbers come from the log, read in the background once a second
    /// while anybody listens: recorded calls take no longer.
    /// </summary>
    /// <param name="prices">What model calls are priced with; <see cref="Pricing.PriceTable.Default"/> when left out.</param>
    /// <returns>Disposing it publishes what has come last, and ends the meter.</returns>
    /// <exception cref="InvalidOperationException">The meter is published already.</exception>
    public static IDisposable PublishMetrics(Pricing.PriceTable? prices = null) => MetricsPublisher.Publish(prices);

    /// <summary>Opens the log if this is the first need of it.</summary>
    internal static EventLogWriter Start()
    {
        if (s_log is { } running)
            return running;
        lock (s_start)
        {
            if (s_log is { } started)
                return started;
            EventLogWriter log = EventLogWriter.Open(s_options.ToLogOptions());
            CallSites.Attach(log);
            AgentInstances.Attach(log);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => log.Dispose();
            s_log = log;
            return log;
        }
    }

    internal static void SessionOpened() => Interlocked.Increment(ref RecordingGate.Live);

    internal static void SessionClosed()
    {
        Interlocked.Decrement(ref RecordingGate.Live);
        Interlocked.Increment(ref RecordingGate.Epoch);
    }

    /// <summary>A failure of our own: counted and remembered, never passed on to the host.</summary>
    internal static void ReportInternalError(Exception error)
    {
        s_lastProblem = $"The recorder failed inside: {error.GetType().Name}: {error.Message}";
        s_log?.Losses.Count(LossReason.InternalError);
    }

    /// <summary>Something a user gave that cannot be recorded: counted and remembered, never thrown.</summary>
    internal static void ReportRejectedInput(string problem)
    {
        s_lastProblem = problem;
        s_log?.Losses.Count(LossReason.RejectedInput);
    }
}
