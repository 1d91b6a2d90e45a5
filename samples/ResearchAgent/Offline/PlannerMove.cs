namespace ResearchAgent.Offline;

/// <summary>What the planner does next: it calls tools, or says something and calls none.</summary>
/// <param name="Text">What it says, about the calls or as the answer.</param>
/// <param name="Calls">The calls.</param>
internal sealed record PlannerMove(string Text, IReadOnlyList<FunctionCall> Calls)
{
    public static PlannerMove Say(string text) => new(text, []);
}
