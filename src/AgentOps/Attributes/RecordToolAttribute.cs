namespace AgentOps;

/// <summary>Records every call to the marked method as a <c>tools</c> event: a tool that the agent, or its model, uses.</summary>
/// <inheritdoc cref="RecordActionAttribute" path="/remarks"/>
/// <param name="name">The tool's name as the model knows it; the method's name when left out.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class RecordToolAttribute(string? name = null) : Attribute
{
    /// <summary>The tool's name; <see langword="null"/> means the method's name.</summary>
    public string? Name { get; } = name;

    /// <summary>
    /// Promises that the method calls no recorded method, neither itself nor through what it calls. It is not made the parent of
    /// anything then, which saves about 35 ns and 100 bytes a call. If the promise is broken, what is recorded inside hangs one
    /// level higher, and nothing else is wrong.
    /// </summary>
    public bool Leaf { get; set; }

    /// <summary>What is captured of the calls; what the MSBuild property <c>AgentOpsCapture</c> says, or else all, when left out.</summary>
    public Capture Capture { get; set; } = Capture.All;
}
