namespace AgentOps.Recording;

/// <summary>The session that the current flow records to, and the span that new events are children of (0 for none).</summary>
internal class Ambient(RecordingTarget target, long span)
{
    private static readonly AsyncLocal<Ambient?> s_current = new();

    /// <summary>
    /// A context that no flow ever has again: what a thread is said to have seen last when that is to be forgotten. Not null,
    /// which is what a thread sees while its flow is suppressed.
    /// </summary>
    public static readonly ExecutionContext? NoContext = MakeUniqueContext();

    public RecordingTarget Target { get; } = target;

    public long Span { get; } = span;

    /// <summary>The innermost model call around it, in sessions that have a budget.</summary>
    public ModelCallScope? ModelCall => (this as BudgetedAmbient)?.EnclosingModelCall;

    public static Ambient? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>The innermost one whose session is open: a session that ended, in whatever flow, makes way for the one around it.</summary>
    public static Ambient? Innermost => InnermostOf(Current);

    public static Ambient? InnermostOf(Ambient? ambient)
    {
        while (ambient is { Target.HasEnded: true })
            ambient = ambient.Target.Outer;
        return ambient;
    }

    private static ExecutionContext? MakeUniqueContext()
    {
        // Whoever asks first may have suppressed the flow, and finds it so again.
        bool isSuppressed = ExecutionContext.IsFlowSuppressed();
        if (isSuppressed)
            ExecutionContext.RestoreFlow();
        ExecutionContext before = ExecutionContext.Capture()!;
        var marker = new AsyncLocal<object>();
        marker.Value = new object();
        ExecutionContext? unique = ExecutionContext.Capture();
        ExecutionContext.Restore(before);
        if (isSuppressed)
            ExecutionContext.SuppressFlow();
        return unique;
    }
}

/// <summary>A call of a session that has a budget. The others need no room for what only budgets ask.</summary>
internal sealed class BudgetedAmbient(RecordingTarget target, long span, ModelCallScope? modelCall) : Ambient(target, span)
{
    public ModelCallScope? EnclosingModelCall { get; } = modelCall;
}
