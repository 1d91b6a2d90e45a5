using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>Writes a value into a payload.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void PayloadEncoder<in T>(PayloadWriter writer, T value);

/// <summary>Reads usage, model and text from the result of a model call, or from one chunk of its stream.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void LlmReader<in T>(LlmResult result, T value);

/// <summary>How results of one recorded method are captured; one instance a method, made by generated code.</summary>
/// <param name="encode">Writes the result, or one item of a stream; <see langword="null"/> if it is not captured.</param>
/// <param name="readLlm">For model calls whose result's type is known; otherwise <see langword="null"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResultCapture<T>(PayloadEncoder<T>? encode, LlmReader<T>? readLlm = null)
{
    /// <summary>Writes a value; <see langword="null"/> if values are kept out of the record, by the build or in this process.</summary>
    internal PayloadEncoder<T>? Encode => RecordingGate.WithholdsResults ? null : encode;

    internal LlmReader<T>? ReadLlm { get; } = readLlm;
}
