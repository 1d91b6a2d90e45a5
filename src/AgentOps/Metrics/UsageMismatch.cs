using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>A warning: a model call says that it used other than what was counted inside it. What is inside counts.</summary>
/// <param name="EventId">The call.</param>
/// <param name="Model">Its model; <see langword="null"/> if unknown.</param>
/// <param name="Own">What it says.</param>
/// <param name="Beneath">The sum of what is inside.</param>
/// <param name="UnknownBeneath">How many of the calls inside say nothing of tokens, which may be the difference.</param>
public sealed record UsageMismatch(Guid EventId, string? Model, TokenUsage Own, TokenUsage Beneath, int UnknownBeneath);
