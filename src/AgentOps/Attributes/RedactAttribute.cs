namespace AgentOps;

/// <summary>
/// Keeps a value out of the record: before any of it is written, so it reaches neither the log nor any buffer of the recorder.
/// On a type it covers all values of the type, and of what derives from it.
/// </summary>
/// <remarks>
/// A mark on a base or interface member covers what overrides or implements it. What is named like a secret (<c>password</c>,
/// <c>apiKey</c>, …) is erased without a mark; <see cref="Redaction.None"/> has it recorded all the same.
/// </remarks>
/// <param name="redaction">How much is kept out; all of it when left out.</param>
[AttributeUsage(
    AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.ReturnValue
    | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum)]
public sealed class RedactAttribute(Redaction redaction = Redaction.Erase) : Attribute
{
    /// <summary>How much is kept out.</summary>
    public Redaction Redaction { get; } = redaction;
}
