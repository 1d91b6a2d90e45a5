using System.Text.Json;
using AgentOps.Events;

namespace AgentOps.Export;

/// <summary>Writes what only records of a log have.</summary>
internal static class LogJson
{
    public static void Write(Utf8JsonWriter json, LogEvent log)
    {
        json.WriteString("level", log.Severity.ToString());
        json.WriteString("category", log.Category);
        if (log.LogEventId != 0)
            json.WriteNumber("log_event_id", log.LogEventId);
        WriteKnown("log_event_name", log.LogEventName);
        json.WriteString("message", log.Message);
        WriteKnown("template", log.Template);
        WriteKnown("exception_type", log.ExceptionType);
        WriteKnown("exception_message", log.ExceptionMessage);
        WriteKnown("trace_id", log.TraceId);
        WriteKnown("span_id", log.SpanId);
        if (log.Scopes.Count == 0)
            return;
        json.WriteStartArray("scopes");
        foreach (EventValue scope in log.Scopes)
            scope.WriteTo(json);
        json.WriteEndArray();

        void WriteKnown(string name, string? text)
        {
            if (text is not null)
                json.WriteString(name, text);
        }
    }
}
