using System.Text.Json;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Logs;

namespace AgentOps.Tool.Json;

/// <summary>Sessions and their numbers as JSON; <c>docs/tool.md</c> has the fields.</summary>
internal static class AnalyticsJson
{
    /// <summary>The members of a session, in an object that is open.</summary>
    public static void WriteSession(Utf8JsonWriter json, SessionInfo session, TimeSpan duration)
    {
        json.WriteString("id", session.Id);
        json.WriteString("name", session.Name);
        json.WriteString("state", SessionState.Of(session));
        json.WriteString("end_state", session.EndState.ToString());
        json.WriteString("end_state_reason", session.Reason);
        json.WriteBoolean("crashed", session.IsCrashed);
        json.WriteTime("started_at", session.StartedAt);
        json.WriteTime("ended_at", session.EndedAt);
        json.WriteNanoseconds("duration_ns", duration);
        json.WriteTexts("tags", session.Tags);
        json.WriteStartObject("metrics");
        foreach ((string name, MetricValue value) in session.Metrics)
        {
            if (value.Number is { } number && double.IsFinite(number))
                json.WriteNumber(name, number);
            else if (value.Boolean is { } boolean)
                json.WriteBoolean(name, boolean);
            else
                json.WriteString(name, value.ToString());
        }
        json.WriteEndObject();
    }

    /// <summary>The numbers that fit on a line, in an object that is open.</summary>
    public static void WriteTotals(Utf8JsonWriter json, EventAnalytics analytics)
    {
        json.WriteStartObject("counts");
        json.WriteNumber("llms", analytics.Counts.Llms);
        json.WriteNumber("tools", analytics.Counts.Tools);
        json.WriteNumber("actions", analytics.Counts.Actions);
        json.WriteNumber("errors", analytics.Counts.Errors);
        json.WriteNumber("incomplete", analytics.Incomplete);
        json.WriteNumber("interrupted", analytics.Interrupted);
        json.WriteEndObject();
        json.WriteStartObject("usage");
        json.WriteNumber("calls", analytics.Usage.Calls);
        json.WriteNumber("calls_with_unknown_usage", analytics.Usage.CallsWithUnknownUsage);
        WriteTokens(json, analytics.Usage.Tokens);
        WriteCost(json, analytics.Usage.Cost);
        json.WriteEndObject();
    }

    /// <summary>The tables of a report, in an object that is open.</summary>
    public static void WriteBreakdown(Utf8JsonWriter json, EventAnalytics analytics)
    {
        json.WriteObjects("models", analytics.Models, model =>
        {
            json.WriteString("model", model.Model);
            json.WriteString("provider", model.Provider);
            json.WriteNumber("calls", model.Calls);
            json.WriteNumber("calls_with_unknown_usage", model.CallsWithUnknownUsage);
            WriteTokens(json, model.Tokens);
            WriteCost(json, model.Cost);
            WriteLatency(json, model.Latency);
            json.WriteNanoseconds("time_to_first_token_p50_ns", model.TimeToFirstToken.Quantile(0.5));
            if (model.TokensPerSecond is { } speed && double.IsFinite(speed))
                json.WriteNumber("tokens_per_second", speed);
            else
                json.WriteNull("tokens_per_second");
        });
        json.WriteObjects("tools", analytics.Tools, tool =>
        {
            json.WriteString("name", tool.Name);
            json.WriteNumber("calls", tool.Calls);
            json.WriteNumber("ended", tool.Ended);
            json.WriteNumber("errors", tool.Errors);
            json.WriteNumber("cancelled", tool.Cancelled);
            WriteLatency(json, tool.Latency);
        });
        json.WriteObjects("agents", analytics.Agents, agent =>
        {
            json.WriteString("name", agent.Name);
            json.WriteNumber("events", agent.Counts.Total);
            json.WriteNumber("failed_calls", agent.FailedCalls);
            json.WriteNanoseconds("active_ns", agent.ActiveTime);
            WriteTokens(json, agent.Usage.Tokens);
            WriteCost(json, agent.Usage.Cost);
        });
        json.WriteObjects("call_sites", analytics.CallSites, site =>
        {
            json.WriteString("name", site.Name);
            json.WriteString("event_type", site.EventType);
            json.WriteString("site", site.Site?.ToString());
            json.WriteNumber("calls", site.Count);
            json.WriteNumber("errors", site.Errors);
            WriteLatency(json, site.Histogram);
        });
    }

    private static void WriteTokens(Utf8JsonWriter json, TokenUsage tokens)
    {
        json.WriteCount("input_tokens", tokens.InputTokens);
        json.WriteCount("output_tokens", tokens.OutputTokens);
        json.WriteCount("cached_input_tokens", tokens.CachedInputTokens);
        json.WriteCount("reasoning_tokens", tokens.ReasoningTokens);
    }

    private static void WriteCost(Utf8JsonWriter json, CostTotal cost)
    {
        json.WriteMoney("cost_usd", cost.Known);
        json.WriteNumber("calls_with_unknown_cost", cost.UnknownCalls);
    }

    private static void WriteLatency(Utf8JsonWriter json, LatencyHistogram latency)
    {
        json.WriteNanoseconds("mean_ns", latency.Mean);
        json.WriteNanoseconds("p50_ns", latency.Quantile(0.5));
        json.WriteNanoseconds("p95_ns", latency.Quantile(0.95));
        json.WriteNanoseconds("max_ns", latency.Max);
    }
}
