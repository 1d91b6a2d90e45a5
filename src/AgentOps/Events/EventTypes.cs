using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>What AgentOps calls the kinds of events.</summary>
internal static class EventTypes
{
    /// <summary>The type of a kind; a kind that only a later version knows is an action, as its event is.</summary>
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.Tool => "tools",
        EventKind.Llm => "llms",
        EventKind.Error => "errors",
        EventKind.Log => "logs",
        _ => "actions",
    };
}
