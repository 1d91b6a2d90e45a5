namespace AgentOps;

/// <summary>
/// Says which value names the model of a call that is marked with <see cref="RecordLlmAttribute"/>: on a parameter the model that is asked, on a property or
/// field of an argument likewise, on one of the result the model that answered.
/// </summary>
/// <remarks>
/// Needed only where the name does not say it: parameters called <c>model</c>, <c>modelId</c>, <c>modelName</c>, <c>deployment</c> or <c>deploymentName</c>, and
/// members called <c>Model</c> or <c>ModelId</c>, are found without. The value is text or an enumeration.
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ModelAttribute : Attribute;
