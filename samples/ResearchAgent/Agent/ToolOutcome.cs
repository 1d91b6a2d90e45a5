namespace ResearchAgent.Agent;

/// <summary>What a tool call came to.</summary>
/// <param name="Text">What the model gets: the result, or why there is none.</param>
/// <param name="Summary">What a person gets.</param>
/// <param name="Failed">Whether the call failed.</param>
internal sealed record ToolOutcome(string Text, string Summary, bool Failed);
