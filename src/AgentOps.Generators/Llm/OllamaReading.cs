using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what OllamaSharp returns: streams whose last chunk is of a type of its own.</summary>
internal static class OllamaReading
{
    public static void Chat(LlmStatements s, Bound value)
    {
        Head(s, value, "OllamaSharp.Models.Chat.ChatDoneResponseStream");
        s.Part(() =>
        {
            s.Text(value.At("Message.Content"));
            s.Each(value.At("Message.ToolCalls"), "call", call =>
                s.ToolCall(call.At("Id"), call.At("Function.Name"), call.At("Function.Arguments")));
        });
    }

    public static void Generate(LlmStatements s, Bound value)
    {
        Head(s, value, "OllamaSharp.Models.GenerateDoneResponseStream");
        s.Part(() => s.Text(value.At("Response")));
    }

    public static void Embeddings(LlmStatements s, Bound value)
    {
        s.Provider("ollama");
        s.Part(() => s.Usage(value));
        s.Part(() => s.Fact("Model", value.At("Model")));
    }

    private static void Head(LlmStatements s, Bound value, string last)
    {
        INamedTypeSymbol? done = value.Core.ContainingAssembly?.GetTypeByMetadataName(last);
        s.Provider("ollama");
        s.Part(() => s.Is(value, done, end =>
        {
            s.Usage(end);
            s.Fact("FinishReason", end.At("DoneReason"));
        }));
        s.Part(() => s.Fact("Model", value.At("Model")));
    }
}
