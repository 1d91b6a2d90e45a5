using System.Globalization;
using System.Text;
using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tool.Export;

/// <summary>
/// CSV as RFC 4180 has it: a line of names, CRLF, quotes doubled. Unknown is empty. Recorded text that a spreadsheet would take for a
/// formula gets an apostrophe before it.
/// </summary>
internal sealed class CsvFormat(CountedCalls counted) : IEventFormat
{
    private static readonly string[] s_names =
    [
        "event_type", "id", "session_id", "parent_id", "name", "status", "start", "end", "duration_ns", "agent", "model", "provider",
        "prompt_tokens", "completion_tokens", "cached_prompt_tokens", "reasoning_tokens", "counted", "cost_usd", "cost_reason", "finish_reason",
        "error_type", "error_code", "details", "end_state", "tags", "file", "line", "method", "params", "returns", "prompt", "completion",
    ];

    private static readonly System.Buffers.SearchValues<char> s_quoted = System.Buffers.SearchValues.Create(",\"\r\n");

    private readonly StringBuilder _line = new();
    private byte[] _bytes = new byte[4096];
    private bool _isFirst;

    public ReadOnlyMemory<byte> Head { get; } = Encoding.UTF8.GetBytes(string.Join(',', s_names) + "\r\n");

    public ReadOnlyMemory<byte> Encode(AgentEvent e)
    {
        _line.Clear();
        _isFirst = true;
        var llm = e as LlmEvent;
        var error = e as ErrorEvent;
        bool isCall = e is ActionEvent or ToolEvent or LlmEvent;
        Exact(e.EventType);
        Exact(e.Id.ToString());
        Exact(e.SessionId.ToString());
        Exact(e.ParentId?.ToString());
        var log = e as LogEvent;
        Text(e is ErrorEvent or SessionUpdateEvent or SessionEndEvent ? null : e is LlmEvent ? llm!.Name : log?.Category ?? e.DisplayName);
        Exact(isCall ? e.Status.ToString().ToLowerInvariant() : null);
        Exact(JsonLineWriter.Timestamp(e.Start));
        Exact(isCall && e.End is { } end ? JsonLineWriter.Timestamp(end) : null);
        Number(isCall ? e.DurationNanoseconds : null);
        Text(e.Agent?.Name);
        Text(llm?.Model);
        Text(llm?.Provider);
        Number(llm?.Usage?.InputTokens);
        Number(llm?.Usage?.OutputTokens);
        Number(llm?.Usage?.CachedInputTokens);
        Number(llm?.Usage?.ReasoningTokens);
        Exact(llm is null ? null : counted.Of(llm) == CallCounting.Counted ? "true" : "false");
        Cost? cost = llm is null ? null : PriceTable.Default.CostOf(llm);
        Exact(cost?.Usd?.ToString(CultureInfo.InvariantCulture));
        Exact(cost is { } priced ? CostReasonNames.Of(priced.Reason) : null);
        Text(llm?.FinishReason);
        Text(error?.ErrorType ?? log?.ExceptionType);
        Text(error?.Code);
        Text(error?.Details ?? log?.DisplayName ?? (e as SessionEndEvent)?.Reason);
        Exact((e as SessionEndEvent)?.EndState.ToString());
        Text(TagsOf(e));
        Text(e.Site?.File);
        Number(e.Site?.Line);
        Text(e.Site?.Method);
        Text((isCall || log is not null) && e.Params.Count > 0 ? ParamsOf(e) : null);
        Text(isCall ? e.Returns?.ToString() : null);
        Text(llm?.Prompt?.ToString());
        Text(llm?.Completion?.ToString());
        _line.Append("\r\n");
        return Encoded();
    }

    private static string? TagsOf(AgentEvent e) => e switch
    {
        SessionStartEvent { Tags.Count: > 0 } start => string.Join(';', start.Tags),
        SessionUpdateEvent { Tags.Count: > 0 } update => string.Join(';', update.Tags),
        _ => null,
    };

    private static string ParamsOf(AgentEvent e)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (EventField field in e.Params)
            {
                json.WritePropertyName(field.Name);
                field.Value.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Text(string? text) => Append(text is [('=' or '+' or '-' or '@' or '\t' or '\r'), ..] ? "'" + text : text);

    private void Exact(string? text) => Append(text);

    private void Number(long? number) => Append(number?.ToString(CultureInfo.InvariantCulture));

    private void Append(string? text)
    {
        if (!_isFirst)
            _line.Append(',');
        _isFirst = false;
        if (string.IsNullOrEmpty(text))
            return;
        if (text.AsSpan().ContainsAny(s_quoted))
            _line.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else
            _line.Append(text);
    }

    private ReadOnlyMemory<byte> Encoded()
    {
        int most = Encoding.UTF8.GetMaxByteCount(_line.Length);
        if (_bytes.Length < most)
            _bytes = new byte[most];
        int at = 0;
        foreach (ReadOnlyMemory<char> chunk in _line.GetChunks())
            at += s_utf8.GetBytes(chunk.Span, _bytes.AsSpan(at));
        return _bytes.AsMemory(0, at);
    }

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);
}
