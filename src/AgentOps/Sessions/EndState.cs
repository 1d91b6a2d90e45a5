namespace AgentOps;

/// <summary>How a session ended.</summary>
public enum EndState
{
    /// <summary>Nobody said: the session was disposed without an end state, is still open, or its process died.</summary>
    Indeterminate = 0,

    /// <summary>The agent did what it was there for.</summary>
    Success = 1,

    /// <summary>It did not.</summary>
    Fail = 2,
}
