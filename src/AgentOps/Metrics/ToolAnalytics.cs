namespace AgentOps.Metrics;

/// <summary>How the uses of one tool went.</summary>
/// <param name="Name">The tool.</param>
public sealed record ToolAnalytics(string Name)
{
    /// <summary>How often it was used.</summary>
    public required int Calls { get; init; }

    /// <summary>How many uses have an outcome: all but those that are under way or whose process ended in the middle.</summary>
    public required int Ended { get; init; }

    /// <summary>How many of them an exception left.</summary>
    public required int Errors { get; init; }

    /// <summary>How many of them were cancelled.</summary>
    public required int Cancelled { get; init; }

    /// <summary>How long they took.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>The share of the ended uses that an exception left, from 0 to 1; <see langword="null"/> if none has ended.</summary>
    public double? ErrorRate => Ended == 0 ? null : (double)Errors / Ended;
}
