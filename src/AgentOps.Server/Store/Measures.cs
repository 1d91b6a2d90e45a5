using AgentOps.Metrics;

namespace AgentOps.Server.Store;

/// <summary>What was counted and summed of some events of one kind. Adds up: of minutes to hours, of hours to whatever is asked.</summary>
public sealed class Measures
{
    public long Events { get; set; }

    /// <summary>How many have an outcome.</summary>
    public long Ended { get; set; }

    /// <summary>How many of those an exception left.</summary>
    public long Errors { get; set; }

    public long Cancelled { get; set; }

    public long Incomplete { get; set; }

    public long Interrupted { get; set; }

    /// <summary>Model calls that the sums of tokens and cost are over.</summary>
    public long Counted { get; set; }

    public long UnknownUsage { get; set; }

    /// <summary><see langword="null"/> if no call said anything of it; likewise the other sums of tokens.</summary>
    public long? Input { get; set; }

    public long? Output { get; set; }

    public long? Cached { get; set; }

    public long? Reasoning { get; set; }

    /// <summary>Billionths of a dollar, of <see cref="Priced"/> calls.</summary>
    public long CostNano { get; set; }

    public long Priced { get; set; }

    /// <summary>Calls without a cost, as they do not say their tokens.</summary>
    public long UnpricedUsage { get; set; }

    /// <summary>Calls without a cost, as their model has no price.</summary>
    public long UnpricedModel { get; set; }

    /// <summary>Calls without a cost, as their service tier has no price.</summary>
    public long UnpricedTier { get; set; }

    /// <summary>Output tokens of streamed calls, and the time from their first piece to their end.</summary>
    public long StreamedTokens { get; set; }

    public long StreamedNanoseconds { get; set; }

    public LatencyHistogram Durations { get; } = new();

    public LatencyHistogram FirstTokens { get; } = new();

    public long Unpriced => UnpricedUsage + UnpricedModel + UnpricedTier;

    public long? Tokens => Input is null && Output is null ? null : (Input ?? 0) + (Output ?? 0);

    /// <summary>Billionths of a dollar; <see langword="null"/> if there are calls and the cost of none is known.</summary>
    public long? KnownCostNano => Priced == 0 && Unpriced > 0 ? null : CostNano;

    public double? TokensPerSecond => StreamedNanoseconds > 0 ? StreamedTokens / (StreamedNanoseconds / 1e9) : null;

    public void Add(Measures other)
    {
        Events += other.Events;
        Ended += other.Ended;
        Errors += other.Errors;
        Cancelled += other.Cancelled;
        Incomplete += other.Incomplete;
        Interrupted += other.Interrupted;
        Counted += other.Counted;
        UnknownUsage += other.UnknownUsage;
        Input = Sum(Input, other.Input);
        Output = Sum(Output, other.Output);
        Cached = Sum(Cached, other.Cached);
        Reasoning = Sum(Reasoning, other.Reasoning);
        CostNano = NanoUsd.Add(CostNano, other.CostNano);
        Priced += other.Priced;
        UnpricedUsage += other.UnpricedUsage;
        UnpricedModel += other.UnpricedModel;
        UnpricedTier += other.UnpricedTier;
        StreamedTokens += other.StreamedTokens;
        StreamedNanoseconds += other.StreamedNanoseconds;
        Durations.Merge(other.Durations);
        FirstTokens.Merge(other.FirstTokens);
    }

    public static long? Sum(long? a, long? b) => b is { } more ? (a ?? 0) + more : a;
}
