using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>The kinds of events, as call sites and hand-made records name them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EventKind
{
    /// <summary>A step of the agent; <c>actions</c>.</summary>
    Action = 1,

    /// <summary>Use of a tool; <c>tools</c>.</summary>
    Tool = 2,

    /// <summary>A request to a language model; <c>llms</c>.</summary>
    Llm = 3,

    /// <summary>Something failed; <c>errors</c>.</summary>
    Error = 4,

    /// <summary>A record of the program's own log; <c>logs</c>.</summary>
    Log = 5,
}
