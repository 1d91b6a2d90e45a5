namespace AgentOps.Extensions.Hosting;

/// <summary>The log categories of this package. Nothing of them joins a session, or recording would feed itself.</summary>
internal static class OwnCategories
{
    /// <summary>How the recorder fares.</summary>
    public const string Recorder = "AgentOps.Recorder";

    /// <summary>What was recorded.</summary>
    public const string Events = "AgentOps.Events";

    public static bool Contains(string category) => category is Recorder or Events;
}
