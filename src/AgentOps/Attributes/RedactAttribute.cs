namespace AgentOps;

/// <summary>
/// Keeps a value out of the record: the event says that something was there, never what. The value is not read, so it reaches
/// neither the log nor any buffer of the recorder.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue)]
public sealed class RedactAttribute : Attribute;
