using AgentOps;
using AgentOps.Metrics;
using ResearchAgent.Agent;

namespace ResearchAgent.Terminal;

/// <summary>What there is to tell after a run.</summary>
/// <param name="Session">The session, which has ended.</param>
/// <param name="Analytics">What it did.</param>
/// <param name="Answer">The answer; <see langword="null"/> if there is none.</param>
/// <param name="Citations">The places that the answer names and that exist.</param>
/// <param name="JsonFile">Where the events were written to.</param>
internal sealed record ResearchReport(
    Session Session, SessionAnalytics Analytics, string? Answer, IReadOnlyList<Citation> Citations, string JsonFile);
