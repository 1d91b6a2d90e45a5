using System.Diagnostics.CodeAnalysis;
using AgentOps.Log;
using AgentOps.Recording;

namespace AgentOps.Events;

/// <summary>How much a record of a log matters; the levels of <c>Microsoft.Extensions.Logging</c>.</summary>
public enum LogSeverity
{
    /// <summary>The most detailed.</summary>
    Trace = 0,

    /// <summary>Of use while the program is developed.</summary>
    Debug = 1,

    /// <summary>The general flow of the program.</summary>
    Information = 2,

    /// <summary>Something unexpected that the program copes with.</summary>
    Warning = 3,

    /// <summary>What was under way failed.</summary>
    Error = 4,

    /// <summary>The program cannot go on.</summary>
    Critical = 5,
}

/// <summary>A record of the program's own log, written inside the session. Its named values are <see cref="AgentEvent.Params"/>, the text of its exception <see cref="AgentEvent.Logs"/>.</summary>
public sealed record LogEvent : AgentEvent
{
    /// <summary>A record whose properties are all given by an initialiser.</summary>
    public LogEvent()
    {
    }

    [SetsRequiredMembers]
    internal LogEvent(in EventHead head)
        : base(head)
    {
        Category = "";
    }

    /// <summary>Who wrote it, usually the name of a class.</summary>
    public required string Category { get; init; }

    /// <summary>How much it matters.</summary>
    public LogSeverity Severity { get; init; }

    /// <summary>The number of the kind of record; 0 if it has none.</summary>
    public int LogEventId { get; init; }

    /// <summary>The name of the kind of record.</summary>
    public string? LogEventName { get; init; }

    /// <summary>What it says; <see langword="null"/> where arguments are not captured.</summary>
    public string? Message { get; init; }

    /// <summary>The message with names in braces where values stand.</summary>
    public string? Template { get; init; }

    /// <summary>The type of the exception, if it has one.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The message of the exception.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>The distributed trace in which it was written, 32 hexadecimal digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span of that trace, 16 hexadecimal digits.</summary>
    public string? SpanId { get; init; }

    /// <summary>The scopes around it, the outermost first: objects of named values, or texts.</summary>
    public IReadOnlyList<EventValue> Scopes { get; init; } = [];

    /// <inheritdoc/>
    public override string EventType => EventTypes.Of(EventKind.Log);

    /// <inheritdoc/>
    public override string DisplayName => Message ?? Template ?? Category;
}

/// <summary>What the frame of a log record says beside what all events recorded by hand say.</summary>
internal readonly record struct LogFacts(
    string? Message, int Severity, int EventId, string? EventName, string? Template, string? ExceptionType, string? ExceptionMessage, string? TraceId, string? SpanId,
    IReadOnlyList<EventValue> Scopes)
{
    /// <summary>Reads what <see cref="LogEntry"/> writes.</summary>
    public static LogFacts Read(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts) => new(
        Message: reader.ReadString(),
        Severity: (int)(reader.ReadInt64() ?? 0),
        EventId: (int)(reader.ReadInt64() ?? 0),
        EventName: reader.ReadString(),
        Template: reader.ReadString(),
        ExceptionType: reader.ReadString(),
        ExceptionMessage: reader.ReadString(),
        TraceId: reader.ReadString(),
        SpanId: reader.ReadString(),
        Scopes: ReadScopes(ref reader, payload, texts));

    public LogEvent ToEvent(in EventHead head, string? category) => new(head)
    {
        Category = category ?? "",
        Severity = (LogSeverity)Severity,
        LogEventId = EventId,
        LogEventName = EventName,
        Message = Message,
        Template = Template,
        ExceptionType = ExceptionType,
        ExceptionMessage = ExceptionMessage,
        TraceId = TraceId,
        SpanId = SpanId,
        Scopes = Scopes,
    };

    private static List<EventValue> ReadScopes(ref PayloadReader reader, ReadOnlyMemory<byte> payload, TextTable texts)
    {
        var scopes = new List<EventValue>();
        if (reader.TryEnter(PayloadTag.Array))
        {
            while (!reader.TryLeave())
            {
                int at = reader.Position;
                scopes.Add(new EventValue(payload.Slice(at, reader.Take().Length), texts));
            }
        }
        return scopes;
    }
}
