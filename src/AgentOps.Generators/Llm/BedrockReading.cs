using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what the Converse operations of Amazon Bedrock return.</summary>
internal static class BedrockReading
{
    private const string Provider = "aws.bedrock";
    private const string Namespace = "Amazon.BedrockRuntime.Model.";

    public static void Response(LlmStatements s, Bound value)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() =>
        {
            s.Fact("FinishReason", value.At("StopReason"));
            s.Fact("ResponseId", value.At("ResponseMetadata.RequestId"));
            s.Fact("ServiceTier", value.At("ServiceTier.Type"));
        });
        s.Part(() => s.Each(value.At("Output.Message.Content"), "block", block =>
        {
            s.Text(block.At("Text"));
            s.When(block.At("ToolUse"), "call", call => s.ToolCall(call.At("ToolUseId"), call.At("Name"), null));
        }));
    }

    /// <summary>Events of all services have one interface; those of a conversation are told by their types.</summary>
    public static void Event(LlmStatements s, Bound value)
    {
        s.Part(() =>
        {
            s.Is(value, TypeOf(value, "ConverseStreamMetadataEvent"), metadata =>
            {
                s.Provider(Provider);
                s.Usage(metadata.At("Usage"));
                s.Fact("ServiceTier", metadata.At("ServiceTier.Type"));
            });
            s.Is(value, TypeOf(value, "MessageStopEvent"), stop => s.Fact("FinishReason", stop.At("StopReason")));
        });
        s.Part(() =>
        {
            s.Is(value, TypeOf(value, "ContentBlockStartEvent"), start =>
                s.When(start.At("Start.ToolUse"), "call", call => s.ToolCallPiece(start.At("ContentBlockIndex"), call.At("ToolUseId"), call.At("Name"), null)));
            s.Is(value, TypeOf(value, "ContentBlockDeltaEvent"), delta =>
            {
                s.Text(delta.At("Delta.Text"));
                s.When(delta.At("Delta.ToolUse"), "call", call => s.ToolCallPiece(delta.At("ContentBlockIndex"), null, null, call.At("Input")));
            });
        });
    }

    private static INamedTypeSymbol? TypeOf(Bound value, string name) => value.Compilation.GetTypeByMetadataName(Namespace + name);
}
