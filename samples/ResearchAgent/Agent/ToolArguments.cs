using System.Text.Json;

namespace ResearchAgent.Agent;

/// <summary>The arguments that a model wrote for a tool call. Models make mistakes: what is wrong is said in words for the model.</summary>
internal sealed class ToolArguments
{
    private readonly JsonElement _arguments;

    private ToolArguments(JsonElement arguments) => _arguments = arguments;

    /// <exception cref="ArgumentException">The text is not a JSON object.</exception>
    public static ToolArguments Parse(BinaryData json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new ToolArguments(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // Said below, as for JSON of another kind.
        }
        throw new ArgumentException("The arguments are not a JSON object.");
    }

    /// <exception cref="ArgumentException">There is no such text.</exception>
    public string Text(string name) =>
        TextOrNull(name) ?? throw new ArgumentException($"The argument '{name}' is missing; it is a string.");

    public string? TextOrNull(string name) =>
        _arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public int NumberOr(string name, int otherwise) =>
        _arguments.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : otherwise;
}
