namespace AgentOps.Metrics;

/// <summary>How many events there are of each type.</summary>
/// <param name="Llms">Requests to language models.</param>
/// <param name="Tools">Uses of tools.</param>
/// <param name="Actions">Actions.</param>
/// <param name="Errors">Errors.</param>
public sealed record EventCounts(int Llms, int Tools, int Actions, int Errors)
{
    /// <summary>All of them.</summary>
    public int Total => Llms + Tools + Actions + Errors;
}
