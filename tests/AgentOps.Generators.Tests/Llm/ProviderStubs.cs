namespace AgentOps.Generators.Tests;

/// <summary>Types of packages that are not referenced, with the names and members that theirs have.</summary>
internal static class ProviderStubs
{
    public const string AnthropicSdk =
        """
        namespace Anthropic.SDK.Messaging
        {
            public class Usage { public int InputTokens { get; set; } public int OutputTokens { get; set; } public int CacheCreationInputTokens { get; set; } public int CacheReadInputTokens { get; set; } }
            public abstract class ContentBase { }
            public class TextContent : ContentBase { public string Text { get; set; } = ""; }
            public class ToolUseContent : ContentBase { public string? Id { get; set; } public string? Name { get; set; } public System.Text.Json.Nodes.JsonNode? Input { get; set; } }
            public class StreamMessage { public string? Id { get; set; } public string? Model { get; set; } public Usage? Usage { get; set; } }
            public class Delta { public string? StopReason { get; set; } public string? Text { get; set; } public string? PartialJson { get; set; } }
            public class ContentBlock { public string? Type { get; set; } public string? Id { get; set; } public string? Name { get; set; } }
            public class MessageResponse
            {
                public List<ContentBase>? Content { get; set; } public string? Id { get; set; } public string? Model { get; set; } public string? StopReason { get; set; }
                public Usage? Usage { get; set; } public Delta? Delta { get; set; } public ContentBlock? ContentBlock { get; set; } public StreamMessage? StreamStartMessage { get; set; }
                public TextContent FirstMessage => (TextContent)Content![0];
            }
        }
        """;

    public const string AgentFramework =
        """
        namespace Microsoft.Agents.AI
        {
            using Microsoft.Extensions.AI;
            public class AgentRunResponse
            {
                public IList<ChatMessage> Messages { get; set; } = [];
                public string Text => string.Concat(Messages.Select(m => m.Text));
                public string? AgentId { get; set; } public string? ResponseId { get; set; } public UsageDetails? Usage { get; set; }
            }
            public class AgentResponse : AgentRunResponse { public ChatFinishReason? FinishReason { get; set; } }
            public class AgentResponse<T> : AgentResponse { public T? Result { get; set; } }
            public class AgentResponseUpdate
            {
                public IList<AIContent> Contents { get; set; } = [];
                public string Text => string.Concat(Contents.OfType<TextContent>().Select(c => c.Text));
                public string? ResponseId { get; set; } public ChatFinishReason? FinishReason { get; set; }
            }
        }
        """;

    public const string Google =
        """
        namespace Google.GenAI.Types
        {
            public enum FinishReason { FINISH_REASON_UNSPECIFIED, STOP, MAX_TOKENS }
            public record GenerateContentResponseUsageMetadata
            {
                public int? PromptTokenCount { get; set; } public int? CandidatesTokenCount { get; set; } public int? ThoughtsTokenCount { get; set; }
                public int? CachedContentTokenCount { get; set; } public int? ToolUsePromptTokenCount { get; set; } public int? TotalTokenCount { get; set; }
            }
            public record FunctionCall { public string? Id { get; set; } public string? Name { get; set; } public Dictionary<string, object>? Args { get; set; } }
            public record Part { public string? Text { get; set; } public bool? Thought { get; set; } public FunctionCall? FunctionCall { get; set; } }
            public record Content { public List<Part>? Parts { get; set; } }
            public record Candidate { public Content? Content { get; set; } public FinishReason? FinishReason { get; set; } }
            public record GenerateContentResponse
            {
                public List<Candidate>? Candidates { get; set; } public string? ModelVersion { get; set; } public string? ResponseId { get; set; }
                public GenerateContentResponseUsageMetadata? UsageMetadata { get; set; }
            }
        }
        """;

    public const string Azure =
        """
        namespace Azure
        {
            public abstract class NullableResponse<T> { public abstract T Value { get; } }
            public class Response<T>(T value) : NullableResponse<T> { public override T Value => value; }
        }
        namespace Azure.AI.Inference
        {
            public readonly struct CompletionsFinishReason(string value) : IEquatable<CompletionsFinishReason>
            {
                public static implicit operator CompletionsFinishReason(string value) => new(value);
                public bool Equals(CompletionsFinishReason other) => other.ToString() == ToString();
                public override bool Equals(object? other) => other is CompletionsFinishReason reason && Equals(reason);
                public override int GetHashCode() => 0;
                public override string ToString() => value;
            }
            public class CompletionsUsage { public int CompletionTokens { get; set; } public int PromptTokens { get; set; } public int TotalTokens { get; set; } }
            public class EmbeddingsUsage { public int PromptTokens { get; set; } public int TotalTokens { get; set; } }
            public class FunctionCall { public string? Name { get; set; } public string? Arguments { get; set; } }
            public class ChatCompletionsToolCall { public string? Id { get; set; } public FunctionCall? Function { get; set; } public string? Name => Function?.Name; public string? Arguments => Function?.Arguments; }
            public class ChatCompletions
            {
                public string? Id { get; set; } public string? Model { get; set; } public CompletionsUsage? Usage { get; set; } public string? Content { get; set; }
                public CompletionsFinishReason? FinishReason { get; set; } public IReadOnlyList<ChatCompletionsToolCall> ToolCalls { get; set; } = [];
            }
            public class StreamingChatResponseToolCallUpdate { public string? Id { get; set; } public FunctionCall? Function { get; set; } }
            public class StreamingChatCompletionsUpdate
            {
                public string? Id { get; set; } public string? Model { get; set; } public CompletionsUsage? Usage { get; set; } public string? ContentUpdate { get; set; }
                public CompletionsFinishReason? FinishReason { get; set; } public StreamingChatResponseToolCallUpdate? ToolCallUpdate { get; set; }
            }
            public class EmbeddingsResult { public string? Id { get; set; } public string? Model { get; set; } public EmbeddingsUsage? Usage { get; set; } }
        }
        """;

    public const string Ollama =
        """
        namespace OllamaSharp.Models.Chat
        {
            public class Message
            {
                public string? Content { get; set; } public IEnumerable<ToolCall>? ToolCalls { get; set; }
                public class ToolCall { public string? Id { get; set; } public Function? Function { get; set; } }
                public class Function { public string? Name { get; set; } public IDictionary<string, object?>? Arguments { get; set; } }
            }
            public class ChatResponseStream { public string Model { get; set; } = ""; public Message Message { get; set; } = new(); public bool Done { get; set; } }
            public class ChatDoneResponseStream : ChatResponseStream { public int PromptEvalCount { get; set; } public int EvalCount { get; set; } public string? DoneReason { get; set; } public long TotalDuration { get; set; } }
        }
        namespace OllamaSharp.Models
        {
            public class GenerateResponseStream { public string Model { get; set; } = ""; public string Response { get; set; } = ""; public bool Done { get; set; } }
            public class GenerateDoneResponseStream : GenerateResponseStream { public int PromptEvalCount { get; set; } public int EvalCount { get; set; } public string? DoneReason { get; set; } }
            public class EmbedResponse { public List<float[]> Embeddings { get; set; } = []; public int? PromptEvalCount { get; set; } }
        }
        """;

    public const string Bedrock =
        """
        namespace Amazon.Runtime { public class ConstantClass(string value) { public string Value { get; } = value; } public class ResponseMetadata { public string? RequestId { get; set; } } }
        namespace Amazon.Runtime.EventStreams { public interface IEventStreamEvent { } }
        namespace Amazon.BedrockRuntime { public class StopReason(string value) : Amazon.Runtime.ConstantClass(value); }
        namespace Amazon.BedrockRuntime.Model
        {
            using Amazon.Runtime.EventStreams;
            public class TokenUsage { public int? InputTokens { get; set; } public int? OutputTokens { get; set; } public int? CacheReadInputTokens { get; set; } public int? CacheWriteInputTokens { get; set; } public int? TotalTokens { get; set; } }
            public class ToolUseBlock { public string? Name { get; set; } public string? ToolUseId { get; set; } }
            public class ContentBlock { public string? Text { get; set; } public ToolUseBlock? ToolUse { get; set; } }
            public class Message { public List<ContentBlock>? Content { get; set; } }
            public class ConverseOutput { public Message? Message { get; set; } }
            public class ConverseResponse
            {
                public ConverseOutput? Output { get; set; } public TokenUsage? Usage { get; set; } public Amazon.BedrockRuntime.StopReason? StopReason { get; set; }
                public Amazon.Runtime.ResponseMetadata? ResponseMetadata { get; set; }
            }
            public class ToolUseBlockStart { public string? Name { get; set; } public string? ToolUseId { get; set; } }
            public class ContentBlockStart { public ToolUseBlockStart? ToolUse { get; set; } }
            public class ContentBlockStartEvent : IEventStreamEvent { public int? ContentBlockIndex { get; set; } public ContentBlockStart? Start { get; set; } }
            public class ToolUseBlockDelta { public string? Input { get; set; } }
            public class ContentBlockDelta { public string? Text { get; set; } public ToolUseBlockDelta? ToolUse { get; set; } }
            public class ContentBlockDeltaEvent : IEventStreamEvent { public int? ContentBlockIndex { get; set; } public ContentBlockDelta? Delta { get; set; } }
            public class MessageStopEvent : IEventStreamEvent { public Amazon.BedrockRuntime.StopReason? StopReason { get; set; } }
            public class ConverseStreamMetadataEvent : IEventStreamEvent { public TokenUsage? Usage { get; set; } }
        }
        """;

    public const string SemanticKernel =
        """
        namespace Microsoft.SemanticKernel
        {
            public abstract class KernelContent { public string? ModelId { get; set; } public IReadOnlyDictionary<string, object?>? Metadata { get; set; } }
            public class TextContent : KernelContent { public string? Text { get; set; } }
            public class FunctionCallContent : KernelContent { public string? Id { get; set; } public string FunctionName { get; set; } = ""; public IDictionary<string, object?>? Arguments { get; set; } }
            public class ChatMessageContent : KernelContent { public List<KernelContent> Items { get; set; } = []; public string? Content { get; set; } }
            public abstract class StreamingKernelContent { public string? ModelId { get; set; } public IReadOnlyDictionary<string, object?>? Metadata { get; set; } }
            public class StreamingChatMessageContent : StreamingKernelContent { public string? Content { get; set; } }
            public class FunctionResult { public IReadOnlyDictionary<string, object?>? Metadata { get; set; } public T? GetValue<T>() => default; }
        }
        """;
}
