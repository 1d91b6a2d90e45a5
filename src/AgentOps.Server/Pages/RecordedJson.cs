using System.Text.Encodings.Web;
using System.Text.Json;

namespace AgentOps.Server.Pages;

/// <summary>Takes recorded JSON apart for reading. What is no JSON is text, and no reason to fail.</summary>
public static class RecordedJson
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A message of a conversation.</summary>
    public sealed record Message(string Role, string Text, IReadOnlyList<(string Name, string Arguments)> ToolCalls);

    /// <summary>The properties of an object.</summary>
    public static IReadOnlyList<(string Name, string Value)> Fields(string? json) =>
        Parse(json) is { ValueKind: JsonValueKind.Object } value ? [.. value.EnumerateObject().Select(static field => (field.Name, field.Value.GetRawText()))] : [];

    /// <summary>Text as it is; anything else as JSON that can be read.</summary>
    public static string Text(string? json) => Parse(json) is { } value
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(value, s_indented),
            _ => value.GetRawText(),
        }
        : json ?? "";

    public static bool IsText(string? json) => json is { Length: > 0 } && json[0] == '"';

    /// <summary>The messages of a prompt, in whichever of the usual shapes it was recorded.</summary>
    public static IReadOnlyList<Message> Messages(string? json)
    {
        if (Parse(json) is not { } value)
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(MessageOf)],
            JsonValueKind.Object when value.TryGetProperty("messages", out JsonElement messages) && messages.ValueKind == JsonValueKind.Array => [.. messages.EnumerateArray().Select(MessageOf)],
            JsonValueKind.Object => [MessageOf(value)],
            _ => [new Message("user", Text(json), [])],
        };
    }

    public static IReadOnlyList<(string Name, string Arguments)> ToolCalls(string? json) => Parse(json) is { ValueKind: JsonValueKind.Array } calls
        ? [.. calls.EnumerateArray().Where(static call => call.ValueKind == JsonValueKind.Object).Select(static call => (StringOf(call, "name") ?? "?", StringOf(call, "arguments") ?? ""))]
        : [];

    private static Message MessageOf(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return new Message("user", Text(message.GetRawText()), []);
        string role = StringOf(message, "role") ?? StringOf(message, "Role") ?? "message";
        string text = "";
        foreach (string name in (string[])["content", "text", "Content", "Text", "contents", "Contents"])
        {
            if (message.TryGetProperty(name, out JsonElement content) && content.ValueKind != JsonValueKind.Null)
            {
                text = PartsOf(content);
                break;
            }
        }
        if (text.Length == 0 && StringOf(message, "role") is null)
            text = JsonSerializer.Serialize(message, s_indented);
        return new Message(role, text, message.TryGetProperty("tool_calls", out JsonElement calls) ? ToolCalls(calls.GetRawText()) : []);
    }

    private static string PartsOf(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? string.Join('\n', content.EnumerateArray().Select(static part => part.ValueKind == JsonValueKind.Object ? StringOf(part, "text") ?? StringOf(part, "Text") ?? part.GetRawText() : Text(part.GetRawText())))
        : Text(content.GetRawText());

    private static string? StringOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement found) ? found.ValueKind == JsonValueKind.String ? found.GetString() : found.ValueKind == JsonValueKind.Null ? null : found.GetRawText() : null;

    private static JsonElement? Parse(string? json)
    {
        if (string.IsNullOrEmpty(json))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
