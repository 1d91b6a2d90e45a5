using System.Text.Json;
using OpenAI.Chat;

namespace ResearchAgent.Terminal;

/// <summary>A tool call as people write calls: the name and the values.</summary>
internal static class ToolCallText
{
    public static string Of(ChatToolCall call) => $"{call.FunctionName}({Values(call.FunctionArguments)})";

    private static string Values(BinaryData arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? string.Join(", ", document.RootElement.EnumerateObject().Select(argument => argument.Value.ToString()))
                : document.RootElement.ToString();
        }
        catch (JsonException)
        {
            // Models write broken JSON at times; then this is what was called.
            return arguments.ToString();
        }
    }
}
