using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Events;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>What events took and gave, as rows and back.</summary>
internal static class ContentTable
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public const string InsertText = "INSERT OR REPLACE INTO contents(event, params, returns, prompt, completion, tool_calls, raw_usage, logs) VALUES($0, $1, $2, $3, $4, $5, $6, $7)";

    public const string ReadText = "SELECT c.params, c.returns, c.prompt, c.completion, c.tool_calls, c.raw_usage, c.logs FROM events e LEFT JOIN contents c ON c.event = e.no WHERE e.id = $0";

    public static EventContent Of(AgentEvent e)
    {
        var llm = e as LlmEvent;
        return new EventContent
        {
            Params = e.Params.Count == 0 ? null : Json(writer =>
            {
                writer.WriteStartObject();
                foreach (EventField field in e.Params)
                {
                    writer.WritePropertyName(field.Name);
                    field.Value.WriteTo(writer);
                }
                writer.WriteEndObject();
            }),
            Returns = TextOf(e.Returns),
            Prompt = TextOf(llm?.Prompt),
            Completion = TextOf(llm?.Completion),
            ToolCalls = llm is not { ToolCalls.Count: > 0 } ? null : Json(writer =>
            {
                writer.WriteStartArray();
                foreach (LlmToolCall call in llm.ToolCalls)
                {
                    writer.WriteStartObject();
                    writer.WriteString("id", call.Id);
                    writer.WriteString("name", call.Name);
                    writer.WriteString("arguments", call.Arguments);
                    writer.WriteEndObject();
                }
                writer.WriteEndArray();
            }),
            RawUsage = llm is not { RawUsage.Count: > 0 } ? null : Json(writer =>
            {
                writer.WriteStartObject();
                foreach ((string name, long count) in llm.RawUsage)
                    writer.WriteNumber(name, count);
                writer.WriteEndObject();
            }),
            Logs = e.Logs,
        };
    }

    public static object?[] Values(long number, EventContent content) =>
        [number, content.Params, content.Returns, content.Prompt, content.Completion, content.ToolCalls, content.RawUsage, content.Logs];

    public static EventContent Read(SqliteDataReader row) => new()
    {
        Params = row.Text(0), Returns = row.Text(1), Prompt = row.Text(2), Completion = row.Text(3), ToolCalls = row.Text(4), RawUsage = row.Text(5), Logs = row.Text(6),
    };

    private static string? TextOf(EventValue? value) => value is null || value.IsNull ? null : value.ToString();

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
