using System.Text.Json;

namespace ResearchAgent.Offline;

/// <summary>The text of a message, which is a string or a list of parts.</summary>
internal static class MessageText
{
    public static string Of(RequestMessage message) => message.Content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() ?? "",
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(PartText)),
        _ => "",
    };

    private static string? PartText(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
