namespace AgentOps.Recording;

/// <summary>The session that the current flow records to, and the span that new events are children of (0 for none).</summary>
internal sealed class Ambient(RecordingTarget target, long span)
{
    private static readonly AsyncLocal<Ambient?> s_current = new();

    public RecordingTarget Target { get; } = target;

    public long Span { get; } = span;

    public static Ambient? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }
}
