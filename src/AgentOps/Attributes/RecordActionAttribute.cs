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

    /// <summary>
    /// Promises that the method calls no recorded method, neither itself nor through what it calls. It is not made the parent of
    /// anything then, which saves about 35 ns and 100 bytes a call. If the promise is broken, what is recorded inside hangs one
    /// level higher, and nothing else is wrong.
    /// </summary>
    public bool Leaf { get; set; }

    /// <inheritdoc cref="RecordToolAttribute.Capture"/>
    public Capture Capture { get; set; } = Capture.All;
}
