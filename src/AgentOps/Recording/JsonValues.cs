using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Writes JSON as the values it is made of, so that it is read, cut and followed in depth like every other value.</summary>
internal static class JsonValues
{
    /// <summary>How deep JSON is followed; what lies deeper is named by its kind. Half of what readers follow.</summary>
    private const int MaxDepth = 64;

    /// <summary>Writes a node; one that cannot be written as JSON is replaced by the failure.</summary>
    public static void Write(PayloadBuilder payload, JsonNode? node)
    {
        if (node is null)
        {
            payload.Tag(PayloadTag.Null);
            return;
        }
        var text = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(text);
            node.WriteTo(writer);
        }
        catch (Exception e)
        {
            payload.WriteFailed(e.GetType().ToString());
            return;
        }
        Write(payload, text.WrittenSpan);
    }

    /// <summary>Writes JSON text.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static void Write(PayloadBuilder payload, ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        WriteValue(payload, ref reader, 0);
    }

    private static void WriteValue(PayloadBuilder payload, ref Utf8JsonReader json, int depth)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == MaxDepth:
                payload.WriteOpaque(json.TokenType == JsonTokenType.StartObject ? "object" : "array");
                json.Skip();
                break;
            case JsonTokenType.StartObject:
                payload.Tag(PayloadTag.Object);
                while (json.Read() && json.TokenType != JsonTokenType.EndObject)
                {
                    string name = TextOf(json);
                    payload.WriteName(name);
                    json.Read();
                    if (IsSecret(name, json.TokenType))
                    {
                        payload.WriteRedacted();
                        json.Skip();
                    }
                    else
                    {
                        WriteValue(payload, ref json, depth + 1);
                    }
                }
                payload.Tag(PayloadTag.Close);
                break;
            case JsonTokenType.StartArray:
                payload.Tag(PayloadTag.Array);
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    WriteValue(payload, ref json, depth + 1);
                payload.Tag(PayloadTag.Close);
                break;
            case JsonTokenType.String: payload.Write(TextOf(json)); break;
            case JsonTokenType.True: payload.Write(true); break;
            case JsonTokenType.False: payload.Write(false); break;
            case JsonTokenType.Number when json.TryGetInt64(out long whole): payload.Write(whole); break;
            // JSON numbers have no size; the text is the only form that keeps every one.
            case JsonTokenType.Number: payload.WriteJson(json.ValueSpan); break;
            default: payload.Tag(PayloadTag.Null); break;
        }
    }

    /// <summary>Numbers and flags are no secrets. Headers have lists of texts, so a list counts as text.</summary>
    public static bool IsSecret(string name, JsonTokenType value) =>
        Recorder.ErasesSecretNames
        && (value is JsonTokenType.String or JsonTokenType.StartArray or JsonTokenType.StartObject)
        && PayloadWriter.IsSecret(name, isText: value != JsonTokenType.StartObject);

    /// <summary>The text of a string or name. Half of an escaped surrogate pair is no text; such a string stays as it was written.</summary>
    public static string TextOf(in Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return System.Text.Encoding.UTF8.GetString(json.ValueSpan);
        }
    }
}
