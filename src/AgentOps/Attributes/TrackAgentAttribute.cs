namespace AgentOps;

/// <summary>
/// Marks a class as an agent. Each instance gets an agent id of its own, and the events recorded for its methods, and inside
/// them, carry that id and the agent's name. Calls that code of the class makes are attributed to the agent as well.
/// </summary>
/// <param name="name">The agent's name; the class's name when left out.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class TrackAgentAttribute(string? name = null) : Attribute
{
    /// <summary>The agent's name; <see langword="null"/> means the class's name.</summary>
    public string? Name { get; } = name;
}
