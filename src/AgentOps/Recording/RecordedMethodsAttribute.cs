using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>Names the recorded methods of an assembly, so that projects that reference it need not search it. Emitted by the build.</summary>
/// <param name="names">Simple method names, separated by semicolons.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordedMethodsAttribute(string names) : Attribute
{
    /// <summary>Simple method names, separated by semicolons.</summary>
    public string Names { get; } = names;
}
