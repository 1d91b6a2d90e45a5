namespace AgentOps.Log;

/// <summary>What a frame says. The words behind the header are drawn beside each member; <c>…</c> is the payload.</summary>
internal enum FrameType : byte
{
    None = 0,

    /// <summary><c>+8 u32 site, u32 session | +16 i64 parent span | +24 ticks | +32 … arguments</c></summary>
    CallStart = 1,

    /// <summary><c>+8 i64 span | +16 ticks | +24 … result</c>; the flags hold the outcome.</summary>
    CallEnd = 2,

    /// <summary>
    /// <c>+8 u32 session, u32 zero | +16 i64 span that failed or 0 | +24 ticks | +32 … type, code, trigger of another log, message, stack</c>;
    /// the session is 0 where it is that of the span.
    /// </summary>
    Error = 3,

    /// <summary><c>+8 i64 span | +16 … </c>what is known of a model call beside its arguments and its result, see <see cref="Recording.LlmFrames"/>.</summary>
    Llm = 4,

    /// <summary><c>+8 u32 session, u32 event kind | +16 i64 parent span | +24 ticks | +32 … fields</c>: an event recorded by hand.</summary>
    Manual = 5,

    /// <summary><c>+8 u32 site, u32 zero | +16 … kind, name, project, method, file, line, model, provider, agent, parameter names</c></summary>
    Site = 16,

    /// <summary><c>+8 u32 agent, u32 zero | +16 … id, name</c></summary>
    Agent = 17,

    /// <summary><c>+8 u32 session, u32 zero | +16 … id, UTC start, resumed, host, tags, metrics, name</c>: the session as it is now.</summary>
    Session = 18,

    /// <summary><c>+8 u32 session, u32 zero | +16 i64 zero | +24 ticks | +32 … tags, metrics</c>: what they are from now on.</summary>
    SessionUpdate = 19,

    /// <summary><c>+8 u32 session, u32 zero | +16 i64 zero | +24 ticks | +32 … UTC end, end state, reason</c></summary>
    SessionEnd = 20,

    /// <summary><c>+8 i64 UTC (100 ns) | +16 ticks</c></summary>
    Clock = 21,

    /// <summary><c>+8 ticks | +16 … [reason, count]</c>: what this log lost so far, by reason.</summary>
    Loss = 22,

    /// <summary><c>+8 u32 text, u32 zero | +16 … text</c>: a name that payloads refer to by number.</summary>
    Text = 23,
}

/// <summary>Facts about frame types that writer and reader share.</summary>
internal static class FrameTypes
{
    /// <summary>Whether this version writes frames of the type. Others are passed over: a newer minor version may have them.</summary>
    public static bool IsKnown(FrameType type) =>
        type is >= FrameType.CallStart and <= FrameType.Manual or >= FrameType.Site and <= FrameType.Text;

    /// <summary>Offset of the ticks word, which the checksum takes last; 0 for frames without one.</summary>
    public static int TicksOffset(FrameType type) => type switch
    {
        FrameType.CallStart or FrameType.Error or FrameType.Manual or FrameType.SessionUpdate or FrameType.SessionEnd => 24,
        FrameType.CallEnd or FrameType.Clock => 16,
        FrameType.Loss => 8,
        _ => 0,
    };

    /// <summary>Bytes before the payload.</summary>
    public static int PayloadOffset(FrameType type) => type switch
    {
        FrameType.CallStart or FrameType.Error or FrameType.Manual or FrameType.SessionUpdate or FrameType.SessionEnd => 32,
        FrameType.CallEnd or FrameType.Clock => 24,
        _ => 16,
    };
}

/// <summary>Bits of a frame's flags byte.</summary>
internal static class FrameFlags
{
    public const byte OutcomeMask = 0x0F;
    public const byte Ok = 0;
    public const byte Faulted = 1;
    public const byte Cancelled = 2;

    /// <summary>A stream that its consumer left before the end.</summary>
    public const byte Abandoned = 3;

    /// <summary>The payload was cut at the configured limit.</summary>
    public const byte Truncated = 0x80;
}
