using AgentOps.Events;

namespace AgentOps.Metrics.Tallies;

/// <summary>Events and durations by type.</summary>
internal sealed class TypeTally
{
    private int _llms;
    private int _tools;
    private int _actions;
    private int _errors;

    public EventCounts Counts => new(_llms, _tools, _actions, _errors);

    public TypeLatencies Latencies { get; } = new(new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());

    public void Add(AgentEvent e)
    {
        switch (e)
        {
            case LlmEvent:
                _llms++;
                Latencies.Llms.RecordIfEnded(e);
                break;
            case ToolEvent:
                _tools++;
                Latencies.Tools.RecordIfEnded(e);
                break;
            case ActionEvent:
                _actions++;
                Latencies.Actions.RecordIfEnded(e);
                break;
            case ErrorEvent:
                _errors++;
                break;
        }
    }
}

/// <summary>Durations of events.</summary>
internal static class EventDurations
{
    public static void RecordIfEnded(this LatencyHistogram histogram, AgentEvent e)
    {
        if (e.DurationNanoseconds is { } nanoseconds)
            histogram.Record(nanoseconds);
        else if (e.Duration is { } duration)
            histogram.Record(duration);
    }
}
