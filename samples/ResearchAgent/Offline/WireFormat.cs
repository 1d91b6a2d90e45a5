using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResearchAgent.Offline;

// The part of the chat completions API that this agent uses, as it stands on the wire.

internal sealed record ChatRequest(
    string? Model, IReadOnlyList<RequestMessage>? Messages, IReadOnlyList<JsonElement>? Tools, bool? Stream, StreamOptions? StreamOptions);

internal sealed record StreamOptions(bool? IncludeUsage);

internal sealed record RequestMessage(string? Role, JsonElement? Content, IReadOnlyList<ToolCall>? ToolCalls, string? ToolCallId);

internal sealed record ToolCall(string Id, string Type, FunctionCall Function);

internal sealed record FunctionCall(string Name, string Arguments);

internal sealed record ChatResponse(
    string Id, string Object, long Created, string Model, IReadOnlyList<ResponseChoice> Choices, ResponseUsage Usage);

internal sealed record ResponseChoice(int Index, ResponseMessage Message, string FinishReason);

internal sealed record ResponseMessage(string Role, string? Content, IReadOnlyList<ToolCall>? ToolCalls);

/// <summary>A piece of a stream. Usage comes with the last one, and only if the request asks for it.</summary>
internal sealed record ChatChunk(
    string Id, string Object, long Created, string Model, IReadOnlyList<ChunkChoice> Choices, ResponseUsage? Usage);

internal sealed record ChunkChoice(int Index, ChunkDelta Delta, string? FinishReason);

internal sealed record ChunkDelta(string? Role, string? Content);

internal sealed record ResponseUsage(int PromptTokens, int CompletionTokens, int TotalTokens);

internal sealed record ErrorResponse(ErrorBody Error);

internal sealed record ErrorBody(string Message, string Type, string Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
