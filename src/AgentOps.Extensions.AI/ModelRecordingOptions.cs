namespace AgentOps;

/// <summary>How calls of a chat client or an embedding generator are recorded. Read once; later changes have no effect.</summary>
public sealed class ModelRecordingOptions
{
    /// <summary>What the calls are called; <c>chat</c> or <c>embeddings</c> when left out.</summary>
    public string? Name { get; set; }

    /// <summary>Who serves the model; what the client says of itself when left out.</summary>
    public string? Provider { get; set; }

    /// <summary>The model that is asked where the call names none; the client's default when left out.</summary>
    public string? Model { get; set; }

    /// <summary>
    /// What is captured: prompts and request options are arguments, answers are the result. All of it when left out;
    /// <see cref="RecorderOptions.Capture"/> can take away more. Usage, models, ids and errors are always recorded.
    /// </summary>
    public Capture Capture { get; set; } = Capture.All;
}
