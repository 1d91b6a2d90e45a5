using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what Microsoft.Extensions.AI and the Agent Framework on top of it return.</summary>
internal static class ExtensionsAiReading
{
    private const string Namespace = "Microsoft.Extensions.AI.";

    public static void Response(LlmStatements s, Bound value)
    {
        s.Part(() => s.Usage(value.At("Usage")));
        Facts(s, value);
        s.Part(() =>
        {
            s.Text(value.At("Text"));
            s.Each(value.At("Messages"), "message", message => ToolCalls(s, message));
        });
    }

    public static void Update(LlmStatements s, Bound value)
    {
        // Each of an answer's messages comes with a usage of its own.
        s.Part(() => s.Each(value.At("Contents"), "content", content =>
            s.Is(content, TypeOf(value, "UsageContent"), usage => s.Usage(usage.At("Details"), adds: true))));
        Facts(s, value);
        s.Part(() =>
        {
            s.Text(value.At("Text"));
            ToolCalls(s, value);
        });
    }

    /// <summary>An agent's answer is the sum of the requests that its run made.</summary>
    public static void AgentResponse(LlmStatements s, Bound value)
    {
        s.Line("result.IsAggregate = true;");
        Response(s, value);
    }

    /// <inheritdoc cref="AgentResponse"/>
    public static void AgentUpdate(LlmStatements s, Bound value)
    {
        s.Line("result.IsAggregate = true;");
        Update(s, value);
    }

    public static void Embeddings(LlmStatements s, Bound value)
    {
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() => s.Each(value, "embedding", embedding => s.Fact("Model", embedding.At("ModelId"))));
    }

    private static void Facts(LlmStatements s, Bound value) => s.Part(() =>
    {
        s.Fact("Model", value.At("ModelId"));
        s.Fact("ResponseId", value.At("ResponseId"));
        s.Fact("ConversationId", value.At("ConversationId"));
        s.Fact("FinishReason", value.At("FinishReason"));
    });

    private static void ToolCalls(LlmStatements s, Bound message) => s.Each(message.At("Contents"), "content", content =>
        s.Is(content, TypeOf(message, "FunctionCallContent"), call =>
            s.ToolCall(call.At("CallId"), call.At("Name"), call.At("Arguments"))));

    private static INamedTypeSymbol? TypeOf(Bound value, string name) =>
        value.At("Contents") is { Type: INamedTypeSymbol { TypeArguments.Length: 1 } contents } ? contents.TypeArguments[0].ContainingAssembly?.GetTypeByMetadataName(Namespace + name) : null;
}
