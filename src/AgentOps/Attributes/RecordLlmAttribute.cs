namespace AgentOps;

/// <summary>
/// Records every call to the marked method as an <c>llms</c> event: one request to a language model. Where the result's type is
/// known, token usage and the model that answered are read from it; otherwise usage is unknown, never zero.
/// </summary>
/// <inheritdoc cref="RecordActionAttribute" path="/remarks"/>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class RecordLlmAttribute : Attribute
{
    /// <summary>The model that is asked, for example <c>gpt-5</c>. The model named by the response wins over this.</summary>
    public string? Model { get; set; }

    /// <summary>Who serves the model, in OpenTelemetry's words (<c>openai</c>, <c>anthropic</c>, <c>gcp.gemini</c>, …).</summary>
    public string? Provider { get; set; }

    /// <inheritdoc cref="RecordToolAttribute.Leaf"/>
    public bool Leaf { get; set; }

    /// <inheritdoc cref="RecordToolAttribute.Capture"/>
    public Capture Capture { get; set; } = Capture.All;
}
