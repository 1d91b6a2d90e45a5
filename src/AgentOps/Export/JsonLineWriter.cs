using System.Globalization;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Export;

/// <summary>Writes one event as a JSON object, under the names AgentOps users know. Unknown is <c>null</c> or absent, never zero.</summary>
/// <param name="prices">What model calls are priced with; asked for when there is one to price, since reading it may fail.</param>
/// <param name="counted">Which model calls are part of sums.</param>
internal sealed class JsonLineWriter(Lazy<PriceTable> prices, CountedCalls counted)
{
    public void Write(Utf8JsonWriter json, AgentEvent e)
    {
        json.WriteStartObject();
        json.WriteString("event_type", e.EventType);
        json.WriteString("id", e.Id);
        json.WriteString("session_id", e.SessionId);
        WriteCommon(json, e);
        switch (e)
        {
            case ActionEvent action: WriteAction(json, action); break;
            case ToolEvent tool: json.WriteString("name", tool.Name); break;
            case LlmEvent llm: WriteLlm(json, llm); break;
            case ErrorEvent error: WriteError(json, error); break;
            case LogEvent log: LogJson.Write(json, log); break;
            case SessionStartEvent start: WriteSessionStart(json, start); break;
            case SessionUpdateEvent update: WriteFacts(json, update.Tags, update.Metrics); break;
            case SessionEndEvent end:
                json.WriteString("end_state", end.EndState.ToString());
                json.WriteString("end_state_reason", end.Reason);
                if (end.IsCrash)
                    json.WriteBoolean("crashed", true);
                break;
        }
        WriteContent(json, e);
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, AgentEvent e)
    {
        json.WriteString("init_timestamp", Timestamp(e.Start));
        if (e is SessionStartEvent or SessionUpdateEvent or SessionEndEvent)
            return;
        WriteId(json, "parent_id", e.ParentId);
        WriteId(json, "agent_id", e.Agent?.Id);
        json.WriteString("agent_name", e.Agent?.Name);
        if (e.End is { } end)
            json.WriteString("end_timestamp", Timestamp(end));
        else
            json.WriteNull("end_timestamp");
        if (e.DurationNanoseconds is { } duration)
            json.WriteNumber("duration_ns", duration);
        else
            json.WriteNull("duration_ns");
        json.WriteString("status", StatusOf(e.Status));
        if (e.IsTruncated)
            json.WriteBoolean("truncated", true);
        WriteSite(json, e.Site);
    }

    private static void WriteSite(Utf8JsonWriter json, CallSite? site)
    {
        if (site is null)
        {
            json.WriteNull("site");
            return;
        }
        json.WriteStartObject("site");
        json.WriteString("project", site.Project);
        json.WriteString("file", site.File);
        json.WriteNumber("line", site.Line);
        json.WriteString("method", site.Method);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, AgentEvent e)
    {
        if (e is ActionEvent or ToolEvent or LlmEvent)
        {
            WriteParams(json, e);
            WriteValue(json, "returns", e.Returns);
            json.WriteString("logs", e.Logs);
        }
        else if (e is LogEvent)
        {
            WriteParams(json, e);
            json.WriteString("logs", e.Logs);
        }
        else if (e is ErrorEvent)
        {
            json.WriteString("logs", e.Logs);
        }
    }

    private static void WriteParams(Utf8JsonWriter json, AgentEvent e)
    {
        json.WriteStartObject("params");
        foreach (EventField field in e.Params)
        {
            json.WritePropertyName(field.Name);
            field.Value.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static void WriteAction(Utf8JsonWriter json, ActionEvent action)
    {
        json.WriteString("action_type", action.ActionType);
        if (action.Screenshot is not null)
            json.WriteString("screenshot", action.Screenshot);
    }

    private void WriteLlm(Utf8JsonWriter json, LlmEvent llm)
    {
        json.WriteString("model", llm.Model);
        json.WriteString("provider", llm.Provider);
        WriteKnown(json, "request_model", llm.RequestModel == llm.Model ? null : llm.RequestModel);
        WriteKnown(json, "service_tier", llm.ServiceTier);
        WriteKnown(json, "response_id", llm.ResponseId);
        WriteKnown(json, "thread_id", llm.ThreadId);
        WriteKnown(json, "finish_reason", llm.FinishReason);
        WriteCount(json, "prompt_tokens", llm.Usage?.InputTokens);
        WriteCount(json, "completion_tokens", llm.Usage?.OutputTokens);
        WriteCount(json, "cached_prompt_tokens", llm.Usage?.CachedInputTokens);
        WriteCount(json, "reasoning_tokens", llm.Usage?.ReasoningTokens);
        WriteKnown(json, "cache_write_tokens", llm.Usage?.CacheWriteTokens);
        WriteKnown(json, "cache_write_1h_tokens", llm.Usage?.CacheWrite1HourTokens);
        WriteKnown(json, "audio_prompt_tokens", llm.Usage?.AudioInputTokens);
        WriteKnown(json, "audio_completion_tokens", llm.Usage?.AudioOutputTokens);
        WriteRawUsage(json, llm.RawUsage);
        if (llm.IsAggregate)
            json.WriteBoolean("aggregate", true);
        if (counted.Of(llm) != CallCounting.Counted)
            json.WriteBoolean("counted", false);
        WriteCost(json, llm);
        WriteKnown(json, "time_to_first_token_ns", llm.TimeToFirstToken?.Ticks * TimeSpan.NanosecondsPerTick);
        WriteKnown(json, "chunks", llm.ChunkCount);
        WriteToolCalls(json, llm.ToolCalls);
        WriteValue(json, "prompt", llm.Prompt);
        WriteValue(json, "completion", llm.Completion);
    }

    /// <summary>In USD, with the table that the price came from, or why there is none.</summary>
    private void WriteCost(Utf8JsonWriter json, LlmEvent llm)
    {
        Cost cost = prices.Value.CostOf(llm);
        if (cost.Usd is { } usd)
            json.WriteNumber("cost", usd);
        else
            json.WriteNull("cost");
        json.WriteString("cost_reason", CostReasonNames.Of(cost.Reason));
        WriteKnown(json, "price_table", cost.PriceTable);
    }

    private static void WriteRawUsage(Utf8JsonWriter json, IReadOnlyDictionary<string, long> counters)
    {
        if (counters.Count == 0)
            return;
        json.WriteStartObject("raw_usage");
        foreach ((string name, long count) in counters)
            json.WriteNumber(name, count);
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<LlmToolCall> calls)
    {
        if (calls.Count == 0)
            return;
        json.WriteStartArray("tool_calls");
        foreach (LlmToolCall call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id", call.Id);
            json.WriteString("name", call.Name);
            json.WriteString("arguments", call.Arguments);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteError(Utf8JsonWriter json, ErrorEvent error)
    {
        WriteId(json, "trigger_event_id", error.TriggerEventId);
        json.WriteString("trigger_event_type", error.TriggerEventType);
        json.WriteString("error_type", error.ErrorType);
        json.WriteString("code", error.Code);
        json.WriteString("details", error.Details);
    }

    private static void WriteSessionStart(Utf8JsonWriter json, SessionStartEvent start)
    {
        json.WriteString("name", start.Name);
        json.WriteBoolean("resumed", start.IsResumed);
        WriteKnown(json, "traceparent", start.TraceContext?.TraceParent);
        WriteKnown(json, "tracestate", start.TraceContext?.TraceState);
        WriteFacts(json, start.Tags, start.Metrics);
        WriteValue(json, "host_env", start.Host);
    }

    private static void WriteFacts(Utf8JsonWriter json, IReadOnlyList<string> tags, IReadOnlyDictionary<string, MetricValue> metrics)
    {
        json.WriteStartArray("tags");
        foreach (string tag in tags)
            json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteStartObject("metrics");
        foreach ((string name, MetricValue value) in metrics)
        {
            if (value.Number is { } number)
                json.WriteNumber(name, number);
            else if (value.Boolean is { } boolean)
                json.WriteBoolean(name, boolean);
            else
                json.WriteString(name, value.Text);
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, EventValue? value)
    {
        json.WritePropertyName(name);
        if (value is null)
            json.WriteNullValue();
        else
            value.WriteTo(json);
    }

    private static void WriteId(Utf8JsonWriter json, string name, Guid? id)
    {
        if (id is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>A field that most events lack is left out where it is unknown.</summary>
    private static void WriteKnown(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } known)
            json.WriteNumber(name, known);
    }

    private static void WriteCount(Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>A moment in UTC to 100 ns, as ISO 8601 has it.</summary>
    internal static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static string StatusOf(EventStatus status) => status switch
    {
        EventStatus.Ok => "ok",
        EventStatus.Error => "error",
        EventStatus.Cancelled => "cancelled",
        EventStatus.Abandoned => "abandoned",
        EventStatus.Interrupted => "interrupted",
        _ => "incomplete",
    };
}
