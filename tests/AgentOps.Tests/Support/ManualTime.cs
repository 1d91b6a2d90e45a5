namespace AgentOps.Tests.Support;

/// <summary>Time that passes when it is told to; timers that are due run in the call that tells.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    /// <summary>Whether time passes by itself until a timer is due, in the call that sets it.</summary>
    public bool FiresAtOnce { get; init; }

    public int OpenTimers => _timers.Count;

    public void Pass(TimeSpan time)
    {
        DateTimeOffset end = _now + time;
        while (_timers.Where(t => t.DueAt <= end).MinBy(static t => t.DueAt) is { } due)
        {
            _now = due.DueAt!.Value;
            due.Fire();
        }
        _now = end;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        public DateTimeOffset? DueAt { get; private set; }

        public void Fire()
        {
            DueAt = null;
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
            if (time.FiresAtOnce && DueAt is not null)
                time.Pass(dueTime);
            return true;
        }

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
