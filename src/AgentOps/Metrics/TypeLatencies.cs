namespace AgentOps.Metrics;

/// <summary>The durations of ended calls, by the type of their events.</summary>
/// <param name="Llms">Requests to language models, those with others inside them too.</param>
/// <param name="Tools">Uses of tools.</param>
/// <param name="Actions">Actions.</param>
public sealed record TypeLatencies(LatencyHistogram Llms, LatencyHistogram Tools, LatencyHistogram Actions);
