using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Export;

namespace AgentOps.Tool.Json;

/// <summary>JSON on standard output. Everything but plain text is escaped, so it is harmless in a terminal too.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions s_document = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>Writes a document, which is an object: <paramref name="write"/> gives its members.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, s_document, json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write) => Write(output, s_line, write);

    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
            json.WriteString(name, JsonLineWriter.Timestamp(known));
        else
            json.WriteNull(name);
    }

    public static void WriteNanoseconds(this Utf8JsonWriter json, string name, TimeSpan? duration) => json.WriteCount(name, duration?.Ticks * TimeSpan.NanosecondsPerTick);

    public static void WriteCount(this Utf8JsonWriter json, string name, long? count)
    {
        if (count is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    public static void WriteMoney(this Utf8JsonWriter json, string name, decimal? usd)
    {
        if (usd is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes an array with an object for each item, whose members <paramref name="write"/> gives.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static void WriteCounts(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, long>> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, long count) in counts)
            json.WriteNumber(key, count);
        json.WriteEndObject();
    }

    private static void Write(TextWriter output, JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
            write(json);
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }
}
