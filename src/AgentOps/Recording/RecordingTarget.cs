using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>What the recorder needs to know of a session: the number its frames carry and whether it still takes any.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RecordingTarget
{
    private protected RecordingTarget(uint handle, Ambient? outer)
    {
        Handle = handle;
        Outer = outer;
    }

    /// <summary>The session's number in this process's log.</summary>
    internal uint Handle { get; }

    /// <summary>What was ambient when it started.</summary>
    internal Ambient? Outer { get; }

    /// <summary>What its calls may use; <see langword="null"/> for no limit. Settled before the session is ambient anywhere.</summary>
    internal CallBudget? Budget { get; private protected set; }

    /// <summary>Set once, when the session ends.</summary>
    internal volatile bool HasEnded;
}
