using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>
/// What is read from the result of a model call: statements over <c>result</c> and <c>value</c> that read members directly, so that no package needs to be
/// referenced and nothing is reflected over.
/// </summary>
/// <param name="Lines">The statements.</param>
/// <param name="BindsUsage">Whether they read how many tokens were used.</param>
internal sealed record LlmReading(IReadOnlyList<string> Lines, bool BindsUsage)
{
    /// <summary>How the types are read that packages return, by their metadata names.</summary>
    private static readonly Dictionary<string, Action<LlmStatements, Bound>> s_results = new(StringComparer.Ordinal)
    {
        ["Microsoft.Extensions.AI.ChatResponse"] = ExtensionsAiReading.Response,
        ["Microsoft.Extensions.AI.ChatResponseUpdate"] = ExtensionsAiReading.Update,
        ["Microsoft.Extensions.AI.GeneratedEmbeddings`1"] = ExtensionsAiReading.Embeddings,
        ["Microsoft.Agents.AI.AgentResponse"] = ExtensionsAiReading.AgentResponse,
        ["Microsoft.Agents.AI.AgentResponseUpdate"] = ExtensionsAiReading.AgentUpdate,
        ["Microsoft.Agents.AI.AgentRunResponse"] = ExtensionsAiReading.AgentResponse,
        ["Microsoft.Agents.AI.AgentRunResponseUpdate"] = ExtensionsAiReading.AgentUpdate,
        ["OpenAI.Chat.ChatCompletion"] = OpenAiReading.Completion,
        ["OpenAI.Chat.StreamingChatCompletionUpdate"] = OpenAiReading.CompletionUpdate,
        ["OpenAI.Responses.ResponseResult"] = OpenAiReading.Response,
        ["OpenAI.Responses.OpenAIResponse"] = OpenAiReading.Response,
        ["OpenAI.Responses.StreamingResponseUpdate"] = OpenAiReading.ResponseUpdate,
        ["OpenAI.Embeddings.OpenAIEmbeddingCollection"] = OpenAiReading.Embeddings,
        ["Anthropic.Models.Messages.Message"] = AnthropicReading.Message,
        ["Anthropic.Models.Messages.RawMessageStreamEvent"] = AnthropicReading.Event,
        ["Anthropic.Models.Beta.Messages.BetaMessage"] = AnthropicReading.Message,
        ["Anthropic.Models.Beta.Messages.BetaRawMessageStreamEvent"] = AnthropicReading.Event,
        ["Anthropic.SDK.Messaging.MessageResponse"] = AnthropicSdkReading.Response,
        ["Google.GenAI.Types.GenerateContentResponse"] = GoogleReading.Response,
        ["Azure.AI.Inference.ChatCompletions"] = AzureReading.Completions,
        ["Azure.AI.Inference.StreamingChatCompletionsUpdate"] = AzureReading.Update,
        ["Azure.AI.Inference.EmbeddingsResult"] = AzureReading.Embeddings,
        ["OllamaSharp.Models.Chat.ChatResponseStream"] = OllamaReading.Chat,
        ["OllamaSharp.Models.GenerateResponseStream"] = OllamaReading.Generate,
        ["OllamaSharp.Models.EmbedResponse"] = OllamaReading.Embeddings,
        ["Amazon.BedrockRuntime.Model.ConverseResponse"] = BedrockReading.Response,
        ["Amazon.Runtime.EventStreams.IEventStreamEvent"] = BedrockReading.Event,
        ["Microsoft.SemanticKernel.FunctionResult"] = SemanticKernelReading.FunctionResult,
        ["Microsoft.SemanticKernel.KernelContent"] = SemanticKernelReading.Content,
        ["Microsoft.SemanticKernel.StreamingKernelContent"] = SemanticKernelReading.Content,
    };

    /// <summary>Types that only wrap a result, all by a member <c>Value</c>.</summary>
    private static readonly string[] s_wrappers = ["System.ClientModel.ClientResult`1", "Azure.Response`1", "Azure.NullableResponse`1"];

    /// <summary>How a type is read; <see langword="null"/> if nothing in it is known.</summary>
    /// <param name="type">The type of the result, or of a stream's chunk.</param>
    /// <param name="isStream">Whether it is a chunk.</param>
    /// <param name="isKept">Whether what was answered is recorded as it is.</param>
    /// <param name="compilation">What generated code is part of.</param>
    public static LlmReading? For(ITypeSymbol type, bool isStream, bool isKept, Compilation compilation)
    {
        if (type is IDynamicTypeSymbol || type.IsTupleType || type.SpecialType != SpecialType.None)
            return null;
        var statements = new LlmStatements(takesText: isKept || isStream);
        if (!isKept || HoldsSecret(type))
            statements.Line("result.WithholdContent();");
        statements.When(new Bound("value", type, Bound.CanBeNull(type), compilation), "given", given => Read(statements, given));
        return statements.BindsAnything ? new LlmReading(statements.Lines, statements.BindsUsage) : null;
    }

    /// <summary>Reads a result: as the table says, else by the marks and names of its members.</summary>
    public static void Read(LlmStatements statements, Bound value)
    {
        foreach (ITypeSymbol level in MetadataNames.Chain(value.Core))
        {
            string name = MetadataNames.Of(level);
            if (s_wrappers.Contains(name) && value.At("Value") is { } inner)
            {
                statements.When(inner, "inner", wrapped => Read(statements, wrapped));
                return;
            }
            if (s_results.TryGetValue(name, out Action<LlmStatements, Bound>? read))
            {
                read(statements, value);
                return;
            }
        }
        if (SemanticKernelReading.MessageOf(value.Core))
            statements.Each(value, "message", message => Read(statements, message));
        else
            OwnReading.Read(statements, value);
    }

    /// <summary>Whether the table has the type: then it is a result and not what counts its tokens.</summary>
    public static bool IsResult(ITypeSymbol type) => MetadataNames.Chain(type).Any(static level => s_results.ContainsKey(MetadataNames.Of(level)));

    /// <summary>The text of a typed answer is the value that its type keeps secret.</summary>
    private static bool HoldsSecret(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: true } generic
        && generic.TypeArguments.Any(static argument => RedactionPolicy.OfType(argument) is { } redaction && redaction != Redaction.None || HoldsSecret(argument));
}
