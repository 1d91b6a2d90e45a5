using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentOps.Recording;

/// <summary>Writes the arguments of a tool's call, where a client gives them as objects, as the JSON that the model sent.</summary>
/// <remarks>Nothing is reflected over: what is no JSON value is named by its type. What is named like a secret is left out, as in captured JSON.</remarks>
internal static class ToolArguments
{
    private const int MaxDepth = 16;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToJson<T>(IEnumerable<KeyValuePair<string, T>> arguments)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, s_options))
            WriteObject(json, arguments.Select(static a => KeyValuePair.Create(a.Key, (object?)a.Value)), 0);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>
    /// Arguments that are JSON text already, without the values that are named like secrets. All else stays as it was written, as does text that is no JSON;
    /// of JSON that breaks off inside a secret, the rest goes.
    /// </summary>
    public static string WithoutSecrets(string text)
    {
        if (!Recorder.ErasesSecretNames || text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return text;
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        List<(int Start, int End)> secrets = SecretsIn(utf8);
        if (secrets.Count == 0)
            return text;
        var kept = new StringBuilder(text.Length);
        int from = 0;
        foreach ((int start, int end) in secrets)
        {
            kept.Append(Encoding.UTF8.GetString(utf8, from, start - from)).Append("\"[redacted]\"");
            from = end;
        }
        return kept.Append(Encoding.UTF8.GetString(utf8, from, utf8.Length - from)).ToString();
    }

    private static List<(int Start, int End)> SecretsIn(byte[] utf8)
    {
        var secrets = new List<(int, int)>();
        var options = new JsonReaderOptions { MaxDepth = int.MaxValue, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        var json = new Utf8JsonReader(utf8, isFinalBlock: false, new JsonReaderState(options));
        int open = utf8.Length;
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || JsonValues.TextOf(json) is not { } name || !PayloadWriter.KeepsOut(name, isText: true))
                    continue;
                open = (int)json.BytesConsumed;
                if (!json.Read())
                    break;
                if (JsonValues.IsSecret(name, json.TokenType))
                {
                    int start = (int)json.TokenStartIndex;
                    if (!json.TrySkip())
                        break;
                    secrets.Add((start, (int)json.BytesConsumed));
                }
                open = utf8.Length;
            }
        }
        catch (JsonException)
        {
            // It is no JSON from here on.
        }
        if (open < utf8.Length)
            secrets.Add((open, utf8.Length));
        return secrets;
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        json.WriteStartObject();
        foreach ((string name, object? given) in members)
        {
            // What a node is, text or number, is known of its JSON only.
            object? value = given is JsonNode node && depth < MaxDepth ? JsonDocument.Parse(node.ToJsonString()).RootElement : given;
            json.WritePropertyName(name);
            if (IsSecret(name, value))
                json.WriteStringValue("[redacted]");
            else
                WriteValue(json, value, depth + 1);
        }
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, IEnumerable items, int depth)
    {
        json.WriteStartArray();
        foreach (object? item in items)
            WriteValue(json, item, depth + 1);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, int depth)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case JsonElement { ValueKind: JsonValueKind.Object } element when depth < MaxDepth:
                WriteObject(json, element.EnumerateObject().Select(static p => KeyValuePair.Create(p.Name, (object?)p.Value)), depth);
                break;
            case JsonElement { ValueKind: JsonValueKind.Array } element when depth < MaxDepth:
                WriteArray(json, element.EnumerateArray().Select(static e => (object?)e), depth);
                break;
            case JsonElement { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined) } element: element.WriteTo(json); break;
            case JsonNode node when depth < MaxDepth: WriteValue(json, JsonDocument.Parse(node.ToJsonString()).RootElement, depth); break;
            case IEnumerable<KeyValuePair<string, object?>> members when depth < MaxDepth: WriteObject(json, members, depth); break;
            case ICollection items when depth < MaxDepth: WriteArray(json, items, depth); break;
            case IFormattable plain when value.GetType().IsPrimitive || value is Guid or DateTime or DateTimeOffset:
                json.WriteStringValue(plain.ToString(null, CultureInfo.InvariantCulture));
                break;
            default: json.WriteStringValue($"<{value.GetType()}>"); break;
        }
    }

    private static bool IsSecret(string name, object? value) =>
        value is string or ICollection or JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object } or JsonNode
        && PayloadWriter.KeepsOut(name, isText: value is string or JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Array });
}
