using System.ComponentModel;
using System.Text;

namespace AgentOps.Recording;

/// <summary>
/// What generated code reads from the result of a model call, or from the chunks of a stream one after the other. What is not
/// set is unknown, which is not zero.
/// </summary>
/// <remarks>Not thread-safe; belongs to one call.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LlmResult
{
    private StringBuilder? _text;

    /// <summary>The model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>All input tokens, cached ones included.</summary>
    public long? InputTokens { get; set; }

    /// <summary>All output tokens, reasoning included.</summary>
    public long? OutputTokens { get; set; }

    /// <summary>The part of the input that was read from a cache.</summary>
    public long? CachedInputTokens { get; set; }

    /// <summary>The part of the output that was reasoning.</summary>
    public long? ReasoningTokens { get; set; }

    /// <summary>Adds a piece of the streamed answer.</summary>
    public void AppendText(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            (_text ??= new StringBuilder()).Append(text);
    }

    internal string? Text => _text?.ToString();

    internal bool IsEmpty =>
        Model is null && InputTokens is null && OutputTokens is null && CachedInputTokens is null && ReasoningTokens is null;
}
