using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace AgentOps;

/// <summary>A place in a distributed trace, as the W3C Trace Context recommendation has it in the headers of a request.</summary>
public sealed class TraceContext
{
    internal TraceContext(string traceParent, string? traceState)
    {
        TraceParent = traceParent;
        TraceState = traceState;
    }

    /// <summary>The trace of the current flow, which is that of <see cref="Activity.Current"/>; <see langword="null"/> if there is none.</summary>
    public static TraceContext? Current =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity ? new TraceContext(id, Filled(activity.TraceStateString)) : null;

    /// <summary><c>version-traceid-spanid-flags</c>, as in the header <c>traceparent</c>.</summary>
    public string TraceParent { get; }

    /// <summary>What vendors add, as in the header <c>tracestate</c>; <see langword="null"/> if there is nothing.</summary>
    public string? TraceState { get; }

    /// <summary>The trace, 32 hexadecimal digits.</summary>
    public string TraceId => Part(1);

    /// <summary>The span inside which the session ran, 16 hexadecimal digits.</summary>
    public string SpanId => Part(2);

    /// <summary>Reads the headers of a request.</summary>
    /// <param name="traceParent">The header <c>traceparent</c>.</param>
    /// <param name="traceState">The header <c>tracestate</c>; may be left out.</param>
    /// <param name="context">The place in the trace.</param>
    /// <returns><see langword="false"/> if there is no header, or it is none that the recommendation allows.</returns>
    public static bool TryParse(string? traceParent, string? traceState, [NotNullWhen(true)] out TraceContext? context)
    {
        context = ActivityContext.TryParse(traceParent, traceState, out _) ? new TraceContext(traceParent!, Filled(traceState)) : null;
        return context is not null;
    }

    /// <summary>The header <c>traceparent</c>.</summary>
    public override string ToString() => TraceParent;

    private static string? Filled(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string Part(int index) => TraceParent.Split('-') is { Length: >= 4 } parts ? parts[index] : "";
}
