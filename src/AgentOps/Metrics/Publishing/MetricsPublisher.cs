using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Pricing;

namespace AgentOps.Metrics.Publishing;

/// <summary>
/// Follows the log of this process and tells its meter what has come, while anybody listens. Nothing of it is in the way of a recorded
/// call, and a program that does not publish does not carry it.
/// </summary>
internal sealed class MetricsPublisher : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static MetricsPublisher? s_published;

    private readonly object _look = new();
    private readonly Func<EventLogWriter?> _log;
    private readonly CallLedger _ledger;
    private Timer? _timer;
    private LogFollower? _follower;
    private bool _isOver;

    /// <param name="log">Gives the log, once there is one.</param>
    /// <param name="prices">What model calls are priced with.</param>
    internal MetricsPublisher(Func<EventLogWriter?> log, PriceTable? prices)
    {
        _log = log;
        Instruments = new AgentOpsMeter();
        _ledger = new CallLedger(Instruments, () => prices ?? PriceTable.Default);
    }

    internal AgentOpsMeter Instruments { get; }

    /// <inheritdoc cref="Recorder.PublishMetrics"/>
    public static IDisposable Publish(PriceTable? prices)
    {
        var publisher = new MetricsPublisher(static () => Recorder.Log, prices);
        if (Interlocked.CompareExchange(ref s_published, publisher, null) is not null)
        {
            publisher.Instruments.Dispose();
            throw new InvalidOperationException("The metrics of this process are published already. Dispose what Recorder.PublishMetrics returned first.");
        }
        publisher.StartTimer();
        return publisher;
    }

    /// <summary>Starts to look. A timer keeps what flows with its maker: the session that was current, and all that the user put beside it.</summary>
    private void StartTimer()
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _timer = new Timer(static state => ((MetricsPublisher)state!).PollIfHeard(), this, s_interval, s_interval);
    }

    /// <summary>Reads what has come to the log since the last look and tells the meter.</summary>
    internal void Poll()
    {
        lock (_look)
        {
            if (!_isOver)
                Look(isLast: false);
        }
    }

    public void Dispose()
    {
        lock (_look)
        {
            if (_isOver)
                return;
            _isOver = true;
            _timer?.Dispose();
            if (Instruments.IsHeard)
                Look(isLast: true);
        }
        Instruments.Dispose();
        Interlocked.CompareExchange(ref s_published, null, this);
    }

    private void PollIfHeard()
    {
        // A look that takes longer than the interval is not joined by a second one.
        if (!Instruments.IsHeard || !Monitor.TryEnter(_look))
            return;
        try
        {
            if (!_isOver)
                Look(isLast: false);
        }
        finally
        {
            Monitor.Exit(_look);
        }
    }

    private void Look(bool isLast)
    {
        try
        {
            if (_log() is not { } log)
                return;
            _follower ??= LogFollower.OfOwn(log);
            var events = new List<AgentEvent>();
            _follower.ReadNew(events);
            _ledger.Add(events);
            _ledger.Settle(all: isLast);
        }
        catch (Exception e)
        {
            Recorder.ReportInternalError(e);
        }
    }
}
