namespace AgentOps;

/// <summary>Records every call to the marked method as an <c>actions</c> event: a step that the agent takes.</summary>
/// <remarks>
/// Calls are recorded where they are compiled, in every project that references the package. The attribute may stand on a
/// method, on the base method it overrides or on the interface member it implements.
/// </remarks>
/// <param name="actionType">What kind of action this is, for example <c>plan</c>; the method's name when left out.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class RecordActionAttribute(string? actionType = null) : Attribute
{
    /// <summary>The <c>action_type</c> of the events; <see langword="null"/> means the method's name.</summary>
    public string? ActionType { get; } = actionType;
}
