using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what the package Anthropic.SDK returns, which has one type for messages and for the events of a stream.</summary>
internal static class AnthropicSdkReading
{
    public static void Response(LlmStatements s, Bound value)
    {
        s.Provider("anthropic");
        s.Part(() => s.When(value.At("StreamStartMessage"), "start", begun =>
        {
            s.Usage(begun.At("Usage"), adds: false, "Output");
            s.Fact("Model", begun.At("Model"));
            s.Fact("ResponseId", begun.At("Id"));
        }));
        s.Part(() =>
        {
            if (value.At("Delta") is not { } delta)
            {
                s.Usage(value.At("Usage"));
                return;
            }
            // Of what a delta does not count its type says zero, which must not replace what the start said.
            s.If($"{delta.Expression} is null", () => s.Usage(value.At("Usage")));
            s.If($"{delta.Expression} is not null", () => s.Usage(value.At("Usage"), adds: false, "Input", "CacheRead", "CacheWrite", "CacheWrite1Hour"));
        });
        s.Part(() =>
        {
            s.Fact("Model", value.At("Model"));
            s.Fact("ResponseId", value.At("Id"));
            s.Fact("FinishReason", value.At("StopReason"));
            s.Fact("FinishReason", value.At("Delta.StopReason"));
        });
        s.Part(() =>
        {
            s.Each(value.At("Content"), "content", content =>
            {
                s.Is(content, TypeBeside(value, "TextContent"), text => s.Text(text.At("Text")));
                s.Is(content, TypeBeside(value, "ToolUseContent"), call =>
                    s.ToolCall(call.At("Id"), call.At("Name"), call.At("Input")));
            });
            s.Text(value.At("Delta.Text"));
            s.When(value.At("ContentBlock"), "block", block =>
                s.If($"{(block.At("Name") is { } name ? name.Expression : "null")} is not null", () => s.ToolCallPiece(null, block.At("Id"), block.At("Name"), null)));
            s.When(value.At("Delta.PartialJson"), "json", json => s.ToolCallPiece(null, null, null, json));
        });
    }

    private static INamedTypeSymbol? TypeBeside(Bound value, string name) => value.Core.ContainingAssembly?.GetTypeByMetadataName("Anthropic.SDK.Messaging." + name);
}
