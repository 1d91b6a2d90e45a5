using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what Anthropic's own package returns, of the stable and of the beta interface.</summary>
internal static class AnthropicReading
{
    private const string Provider = "anthropic";

    public static void Message(LlmStatements s, Bound value)
    {
        Head(s, value);
        s.Part(() => s.Each(value.At("Content"), "block", block =>
        {
            s.Is(block.At("Value"), TypeBeside(value, "TextBlock"), text => s.Text(text.At("Text")));
            s.Is(block.At("Value"), TypeBeside(value, "ToolUseBlock"), call =>
                s.ToolCall(call.At("ID"), call.At("Name"), call.At("Input")));
        }));
    }

    /// <summary>A message begins with what it was given; how much it has said so far comes with each of its deltas.</summary>
    public static void Event(LlmStatements s, Bound value)
    {
        Bound? inner = value.At("Value");
        s.Provider(Provider);
        s.Part(() =>
        {
            s.Is(inner, TypeBeside(value, "RawMessageStartEvent"), start =>
            {
                // What it has said when it begins is no count of an answer that may be cut off later.
                s.When(start.At("Message"), "message", begun => Head(s, begun, "Output", "Reasoning"));
            });
            s.Is(inner, TypeBeside(value, "RawMessageDeltaEvent"), delta =>
            {
                s.Usage(delta.At("Usage"), adds: false, "CacheWrite");
                if (delta.At("Usage.CacheCreationInputTokens") is { } writes)
                    s.Take($"result.ReplaceCacheWrites({writes.Expression});");
                s.Fact("FinishReason", delta.At("Delta.StopReason"));
            });
        });
        s.Part(() =>
        {
            s.Is(inner, TypeBeside(value, "RawContentBlockStartEvent"), start => s.Is(start.At("ContentBlock.Value"), TypeBeside(value, "ToolUseBlock"), call =>
                s.ToolCallPiece(start.At("Index"), call.At("ID"), call.At("Name"), null)));
            s.Is(inner, TypeBeside(value, "RawContentBlockDeltaEvent"), delta =>
            {
                s.Is(delta.At("Delta.Value"), TypeBeside(value, "TextDelta"), text => s.Text(text.At("Text")));
                s.Is(delta.At("Delta.Value"), TypeBeside(value, "InputJsonDelta"), json =>
                    s.ToolCallPiece(delta.At("Index"), null, null, json.At("PartialJson")));
            });
        });
    }

    private static void Head(LlmStatements s, Bound message, params string[] except)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(message.At("Usage"), adds: false, except));
        s.Part(() =>
        {
            s.Fact("Model", message.At("Model"));
            s.Fact("ResponseId", message.At("ID"));
        });
        s.Part(() => s.Fact("FinishReason", message.At("StopReason")));
        s.Part(() => s.Fact("ServiceTier", message.At("Usage.ServiceTier")));
    }

    /// <summary>A type of the interface that a type is of: those of the beta have its name before theirs.</summary>
    private static INamedTypeSymbol? TypeBeside(Bound value, string name)
    {
        string space = value.Core.ContainingNamespace.ToDisplayString();
        return value.Core.ContainingAssembly?.GetTypeByMetadataName($"{space}.{(space.Contains(".Beta.") ? "Beta" : "")}{name}");
    }
}
