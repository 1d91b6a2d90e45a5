using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>Says of a method that its own body records, so that its callers need not. Emitted by the build.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordedBodyAttribute : Attribute;
