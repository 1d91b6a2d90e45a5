using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>
/// How long the calls of one site took. Count, mean and maximum are exact; percentiles are the nearest rank over all ended calls,
/// within 3.2 % of the exact value, as <see cref="LatencyHistogram"/> has it.
/// </summary>
/// <param name="Name">The action type, tool or method.</param>
/// <param name="EventType">The type of its events.</param>
/// <param name="Site">Where it stands in the source; <see langword="null"/> for events recorded by hand.</param>
/// <param name="Count">How many calls there were.</param>
/// <param name="Errors">How many of them an exception left.</param>
/// <param name="Histogram">The durations of those that have ended; may be merged with others.</param>
public sealed record CallSiteLatency(string Name, string EventType, CallSite? Site, int Count, int Errors, LatencyHistogram Histogram)
{
    /// <summary>The mean; <see langword="null"/> if no call has ended.</summary>
    public TimeSpan? Mean => Histogram.Mean;

    /// <summary>The median; likewise.</summary>
    public TimeSpan? P50 => Histogram.Quantile(0.5);

    /// <summary>The 95th percentile; likewise.</summary>
    public TimeSpan? P95 => Histogram.Quantile(0.95);

    /// <summary>The 99th percentile; likewise.</summary>
    public TimeSpan? P99 => Histogram.Quantile(0.99);

    /// <summary>The longest; likewise.</summary>
    public TimeSpan? Max => Histogram.Max;
}
