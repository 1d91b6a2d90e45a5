using AgentOps.Events;

namespace AgentOps.Server.Store;

/// <summary>What an event is. The numbers stand in the data file.</summary>
public enum RecordKind
{
    Llm = 0,
    Tool = 1,
    Action = 2,
    Error = 3,
    SessionStart = 4,
    SessionUpdate = 5,
    SessionEnd = 6,

    /// <summary>A record of the program's own log: shown beside the others, counted with none of them.</summary>
    Log = 7,
}

/// <summary>How a session stands. The numbers stand in the data file.</summary>
public enum SessionState
{
    /// <summary>A process has it open.</summary>
    Live = 0,
    Success = 1,
    Fail = 2,

    /// <summary>It was ended, and nobody said how it went.</summary>
    Indeterminate = 3,

    /// <summary>Its process is gone without having ended it.</summary>
    Interrupted = 4,
}

/// <summary>Whether the usage and cost of a model call are part of sums.</summary>
public enum Counting
{
    Counted = 0,

    /// <summary>Model calls inside it say what was used.</summary>
    Aggregate = 1,

    /// <summary>A call around it says what was used for all inside.</summary>
    Covered = 2,
}

public static class RecordKinds
{
    public static RecordKind Of(AgentEvent e) => e switch
    {
        LlmEvent => RecordKind.Llm,
        ToolEvent => RecordKind.Tool,
        ErrorEvent => RecordKind.Error,
        SessionStartEvent => RecordKind.SessionStart,
        SessionUpdateEvent => RecordKind.SessionUpdate,
        SessionEndEvent => RecordKind.SessionEnd,
        LogEvent => RecordKind.Log,
        _ => RecordKind.Action,
    };

    /// <summary>The word for it, in the filter language, in the API and in class names.</summary>
    public static string Word(this RecordKind kind) => kind switch
    {
        RecordKind.Llm => "llm",
        RecordKind.Tool => "tool",
        RecordKind.Action => "action",
        RecordKind.Error => "error",
        RecordKind.Log => "log",
        _ => "session",
    };

    /// <summary>What the call of an event is called where calls of a kind stand beside one another.</summary>
    public static string NameOf(AgentEvent e) => e is LlmEvent llm ? llm.Name ?? llm.DisplayName : e.DisplayName;

    public static string Word(this SessionState state) => state switch
    {
        SessionState.Live => "live",
        SessionState.Success => "success",
        SessionState.Fail => "fail",
        SessionState.Interrupted => "interrupted",
        _ => "indeterminate",
    };
}
