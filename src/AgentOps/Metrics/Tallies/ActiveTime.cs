namespace AgentOps.Metrics.Tallies;

/// <summary>How long at least one of some calls was under way.</summary>
internal sealed class ActiveTime
{
    private readonly List<(long Start, long End)> _spans = [];

    public void Add(DateTimeOffset start, TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
            _spans.Add((start.UtcTicks, start.UtcTicks + duration.Ticks));
    }

    public TimeSpan Total
    {
        get
        {
            _spans.Sort();
            long total = 0;
            long covered = long.MinValue;
            foreach ((long start, long end) in _spans)
            {
                if (end <= covered)
                    continue;
                total += end - Math.Max(start, covered);
                covered = end;
            }
            return TimeSpan.FromTicks(total);
        }
    }
}
