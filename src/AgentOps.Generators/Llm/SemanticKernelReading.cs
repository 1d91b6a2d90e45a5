using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what Semantic Kernel returns: usage lies in a dictionary, as an object of whichever client made it.</summary>
internal static class SemanticKernelReading
{
    private const string Namespace = "Microsoft.SemanticKernel.";

    /// <summary>Messages, and chunks of them.</summary>
    public static void Content(LlmStatements s, Bound value)
    {
        Metadata(s, value);
        s.Part(() => s.Fact("Model", value.At("ModelId")));
        s.Part(() =>
        {
            s.Text(value.AtAny("Content", "Text"));
            s.Each(value.At("Items"), "item", item => s.Is(item, value.Core.ContainingAssembly?.GetTypeByMetadataName(Namespace + "FunctionCallContent"), call =>
                s.ToolCall(call.At("Id"), call.At("FunctionName"), call.At("Arguments"))));
        });
    }

    public static void FunctionResult(LlmStatements s, Bound value) => Metadata(s, value);

    /// <summary>Whether a type is a list of messages, as one request may be answered by several.</summary>
    public static bool MessageOf(ITypeSymbol type) => type is INamedTypeSymbol { MetadataName: "IReadOnlyList`1" or "IList`1" or "List`1" } list
        && MetadataNames.Of(list.TypeArguments[0]) is Namespace + "ChatMessageContent" or Namespace + "TextContent";

    private static void Metadata(LlmStatements s, Bound value)
    {
        if (value.At("Metadata") is not { } metadata)
            return;
        s.Part(() => s.When(metadata, "metadata", facts =>
        {
            s.Line($"if ({facts.Expression}.TryGetValue(\"Usage\", out var counted))");
            s.Line("{");
            foreach (string name in UsageTypes.Names)
            {
                if (value.Compilation.GetTypeByMetadataName(name) is { } usage)
                    s.Is(facts with { Expression = "counted", Type = value.Compilation.ObjectType, MayBeNull = true }, usage, counts => s.Usage(counts));
            }
            s.Line("}");
            foreach ((string key, string fact) in ((string, string)[])[("Id", "ResponseId"), ("FinishReason", "FinishReason")])
            {
                s.Line($"if ({facts.Expression}.TryGetValue(\"{key}\", out var {key}) && {key} is string or global::System.Enum)");
                s.Take($"    result.{fact} = LlmResult.Word({key}.ToString());");
            }
        }));
    }
}
