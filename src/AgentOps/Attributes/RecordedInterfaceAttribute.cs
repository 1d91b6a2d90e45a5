namespace AgentOps;

/// <summary>
/// Has the build write a decorator for the interface, which records every call that goes through it, wherever it comes from: other
/// assemblies, delegates, containers. <see cref="Recorded.Wrap"/> puts it around an instance.
/// </summary>
/// <remarks>
/// Methods with a recording attribute are recorded as that says, all others as actions named after the method; those with
/// <c>[DoNotRecord]</c>, properties, indexers and events are passed on.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class RecordedInterfaceAttribute : Attribute;
