using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tools;

/// <summary>What a model gives a function, as JSON text.</summary>
internal static class ToolArguments
{
    private const string Redacted = "[redacted]";

    private static readonly JsonWriterOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a value is text, as such or as JSON.</summary>
    /// <remarks>What headers have, a list of texts, counts as text.</remarks>
    public static bool IsText(object? value) => value switch
    {
        string => true,
        JsonElement element => element.ValueKind is JsonValueKind.String or JsonValueKind.Array,
        JsonValue node => node.GetValueKind() == JsonValueKind.String,
        JsonArray => true,
        _ => false,
    };

    /// <summary>The arguments of a call; <see langword="null"/> if there are none or they cannot be read.</summary>
    public static string? ToJson(FunctionCallContent call, ToolSecrets secrets)
    {
        if (call.Arguments is not { } arguments)
            return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_text))
        {
            json.WriteStartObject();
            foreach ((string name, object? value) in arguments)
            {
                json.WritePropertyName(name);
                if (secrets.Covers(call.Name, name) || PayloadWriter.KeepsOut(name, IsText(value)))
                    json.WriteStringValue(Redacted);
                else
                    Write(json, value);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case JsonElement element: Write(json, element); break;
            case JsonNode node: Write(json, JsonElementOf(node)); break;
            case int or long or short or byte or sbyte or ushort or uint or ulong or decimal:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            // What else a client makes of arguments is known at run time only, and reading it would run its code.
            default: json.WriteStringValue($"<{value.GetType()}>"); break;
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Undefined:
                json.WriteNullValue();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    bool isValue = property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Object;
                    if (isValue && PayloadWriter.KeepsOut(property.Name, property.Value.ValueKind != JsonValueKind.Object))
                        json.WriteStringValue(Redacted);
                    else
                        Write(json, property.Value);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    private static JsonElement JsonElementOf(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
