using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Emit;

/// <summary>
/// Statements that read usage and model from results whose type is known by its metadata name, so that no package needs to be
/// referenced and nothing is reflected over.
/// </summary>
internal static class LlmReading
{
    private static readonly string[] s_openAiUsage =
    [
        "if (value.Usage is { } usage)",
        "{",
        "    result.ReplaceUsage(new TokenCounts",
        "    {",
        "        Input = usage.InputTokenCount,",
        "        Output = usage.OutputTokenCount,",
        "        CacheRead = usage.InputTokenDetails?.CachedTokenCount,",
        "        Reasoning = usage.OutputTokenDetails?.ReasoningTokenCount,",
        "        AudioInput = usage.InputTokenDetails?.AudioTokenCount,",
        "        AudioOutput = usage.OutputTokenDetails?.AudioTokenCount,",
        "    });",
        "}",
    ];

    private static readonly string[] s_openAiText =
    [
        "foreach (var part in value.ContentUpdate)",
        "    result.AppendText(part.Text);",
    ];

    /// <summary>The statements over <c>result</c> and <c>value</c>; <see langword="null"/> if the type is not known.</summary>
    /// <param name="type">The type of the result, or of a stream's chunk.</param>
    /// <param name="withText">Whether the text of chunks is put together; only of results that are captured as they are.</param>
    public static IReadOnlyList<string>? For(ITypeSymbol type, bool withText)
    {
        if (KnownWrappers.InnerOf(type) is { Member: "Value" } wrapped)
            return For(wrapped.Type, withText) is { } inner ? [.. inner.Select(static line => line.Replace("value.", "value.Value."))] : null;
        return type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) switch
        {
            "OpenAI.Chat.ChatCompletion" => ["result.Model = value.Model;", .. s_openAiUsage],
            "OpenAI.Chat.StreamingChatCompletionUpdate" =>
            [
                "result.Model = value.Model ?? result.Model;",
                .. s_openAiUsage,
                .. withText ? s_openAiText : [],
            ],
            _ => null,
        };
    }
}
