namespace AgentOps.Generators.Declarations;

/// <summary>The recorder's attributes.</summary>
internal static class RecordedAttributeNames
{
    public const string Namespace = "AgentOps";
    public const string Action = "RecordActionAttribute";
    public const string Tool = "RecordToolAttribute";
    public const string Llm = "RecordLlmAttribute";
    public const string Interface = "RecordedInterfaceAttribute";
    public const string Redact = "RedactAttribute";
    public const string DoNotRecord = "DoNotRecordAttribute";
    public const string TrackAgent = "TrackAgentAttribute";
    public const string TokenUsage = "TokenUsageAttribute";
    public const string Model = "ModelAttribute";

    /// <summary>The names under which interfaces may be marked in source.</summary>
    public static readonly string[] OfInterfaces = ["RecordedInterface", Interface];

    /// <summary>The names as they may stand in source.</summary>
    public static readonly string[] InSource = ["RecordAction", Action, "RecordTool", Tool, "RecordLlm", Llm];

    /// <summary>The names that keep a value out of the record, as they may stand in source.</summary>
    public static readonly string[] RedactInSource = ["Redact", Redact];
}
