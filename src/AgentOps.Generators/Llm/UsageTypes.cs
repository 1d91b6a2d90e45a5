using AgentOps.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>One count of tokens.</summary>
/// <param name="Name">The member of the runtime's <c>TokenCounts</c>.</param>
/// <param name="Expression">The expression.</param>
internal readonly record struct UsageCount(string Name, string Expression);

/// <summary>What counts leave out.</summary>
internal record UsageConvention
{
    public bool InputExcludesCache { get; init; }

    public bool OutputExcludesReasoning { get; init; }
}

/// <summary>Where a type has which count of tokens, as paths of members.</summary>
internal sealed record UsageRow : UsageConvention
{
    public string? Input { get; init; }

    /// <summary>Input that is counted apart, to be added.</summary>
    public string? MoreInput { get; init; }

    public string? Output { get; init; }

    public string? CacheRead { get; init; }

    public string? CacheWrite { get; init; }

    /// <summary>Where what is written to caches is told apart by how long it is kept: then <see cref="CacheWrite"/> is the sum.</summary>
    public string? CacheWrite5Minutes { get; init; }

    public string? CacheWrite1Hour { get; init; }

    public string? Reasoning { get; init; }

    public string? AudioInput { get; init; }

    public string? AudioOutput { get; init; }

    /// <summary>A dictionary of further counters.</summary>
    public string? Counters { get; init; }

    /// <summary>Further counters, by the provider's names for them.</summary>
    public (string Name, string Path)[] Raw { get; init; } = [];

    /// <summary>The counts that a value has.</summary>
    public IEnumerable<UsageCount> Counts(Bound usage)
    {
        if (Number(usage, Input) is { } input)
            yield return new UsageCount("Input", Number(usage, MoreInput) is { } more ? $"{input} + ({more} ?? 0)" : input);
        if (Number(usage, Output) is { } output)
            yield return new UsageCount("Output", output);
        if (Number(usage, CacheRead) is { } read)
            yield return new UsageCount("CacheRead", read);
        if (CacheWriteOf(usage) is { } write)
            yield return new UsageCount("CacheWrite", write);
        if (Number(usage, CacheWrite1Hour) is { } hour)
            yield return new UsageCount("CacheWrite1Hour", hour);
        if (Number(usage, Reasoning) is { } reasoning)
            yield return new UsageCount("Reasoning", reasoning);
        if (Number(usage, AudioInput) is { } heard)
            yield return new UsageCount("AudioInput", heard);
        if (Number(usage, AudioOutput) is { } spoken)
            yield return new UsageCount("AudioOutput", spoken);
    }

    /// <summary>The statements that keep further counters.</summary>
    public IEnumerable<string> RawLines(Bound usage)
    {
        foreach ((string name, string path) in Raw)
        {
            // Clients that make no difference between absent and none say zero of both.
            if (Number(usage, path) is { } count)
                yield return $"if ({count} is not (null or 0) and var {name}) result.Raw({Literals.Text(name)}, {name});";
        }
    }

    /// <summary>The dictionary of further counters, if the value has one.</summary>
    public string? CountersOf(Bound usage) => Counters is not null && usage.At(Counters) is { } counters ? counters.Expression : null;

    private string? CacheWriteOf(Bound usage)
    {
        string? all = Number(usage, CacheWrite);
        return Number(usage, CacheWrite5Minutes) is { } five ? all is null ? five : $"{five} ?? {all}" : all;
    }

    private static string? Number(Bound usage, string? path) => path is not null && usage.At(path) is { } count ? UsageShape.NumberOf(count) : null;
}

/// <summary>The types by which packages count tokens.</summary>
internal static class UsageTypes
{
    private static readonly UsageRow s_anthropic = new()
    {
        Input = "InputTokens", Output = "OutputTokens", CacheRead = "CacheReadInputTokens",
        CacheWrite = "CacheCreationInputTokens", CacheWrite5Minutes = "CacheCreation.Ephemeral5mInputTokens", CacheWrite1Hour = "CacheCreation.Ephemeral1hInputTokens",
        Reasoning = "OutputTokensDetails.ThinkingTokens",
        InputExcludesCache = true,
        Raw = [("web_search_requests", "ServerToolUse.WebSearchRequests"), ("web_fetch_requests", "ServerToolUse.WebFetchRequests")],
    };

    private static readonly UsageRow s_google = new()
    {
        Input = "PromptTokenCount", MoreInput = "ToolUsePromptTokenCount", Output = "CandidatesTokenCount", CacheRead = "CachedContentTokenCount", Reasoning = "ThoughtsTokenCount",
        OutputExcludesReasoning = true,
        Raw = [("tool_use_prompt_token_count", "ToolUsePromptTokenCount")],
    };

    private static readonly UsageRow s_ollama = new() { Input = "PromptEvalCount", Output = "EvalCount" };

    private static readonly Dictionary<string, UsageRow> s_rows = new(StringComparer.Ordinal)
    {
        ["OpenAI.Chat.ChatTokenUsage"] = new()
        {
            Input = "InputTokenCount", Output = "OutputTokenCount",
            CacheRead = "InputTokenDetails.CachedTokenCount", Reasoning = "OutputTokenDetails.ReasoningTokenCount",
            AudioInput = "InputTokenDetails.AudioTokenCount", AudioOutput = "OutputTokenDetails.AudioTokenCount",
            Raw =
            [
                ("accepted_prediction_tokens", "OutputTokenDetails.AcceptedPredictionTokenCount"),
                ("rejected_prediction_tokens", "OutputTokenDetails.RejectedPredictionTokenCount"),
            ],
        },
        ["OpenAI.Responses.ResponseTokenUsage"] = new()
        {
            Input = "InputTokenCount", Output = "OutputTokenCount",
            CacheRead = "InputTokenDetails.CachedTokenCount", CacheWrite = "InputTokenDetails.CacheWriteTokenCount", Reasoning = "OutputTokenDetails.ReasoningTokenCount",
        },
        ["OpenAI.Embeddings.EmbeddingTokenUsage"] = new() { Input = "InputTokenCount" },
        ["Microsoft.Extensions.AI.UsageDetails"] = new()
        {
            Input = "InputTokenCount", Output = "OutputTokenCount", CacheRead = "CachedInputTokenCount", Reasoning = "ReasoningTokenCount",
            AudioInput = "InputAudioTokenCount", AudioOutput = "OutputAudioTokenCount",
            Counters = "AdditionalCounts",
        },
        ["Anthropic.Models.Messages.Usage"] = s_anthropic,
        ["Anthropic.Models.Messages.MessageDeltaUsage"] = s_anthropic,
        ["Anthropic.Models.Beta.Messages.BetaUsage"] = s_anthropic,
        ["Anthropic.Models.Beta.Messages.BetaMessageDeltaUsage"] = s_anthropic,
        ["Anthropic.SDK.Messaging.Usage"] = s_anthropic,
        ["Google.GenAI.Types.GenerateContentResponseUsageMetadata"] = s_google,
        ["Google.GenAI.Types.UsageMetadata"] = s_google,
        ["Azure.AI.Inference.CompletionsUsage"] = new() { Input = "PromptTokens", Output = "CompletionTokens" },
        ["Azure.AI.Inference.EmbeddingsUsage"] = new() { Input = "PromptTokens" },
        ["Amazon.BedrockRuntime.Model.TokenUsage"] = new()
        {
            Input = "InputTokens", Output = "OutputTokens", CacheRead = "CacheReadInputTokens", CacheWrite = "CacheWriteInputTokens",
            InputExcludesCache = true,
        },
        ["OllamaSharp.Models.Chat.ChatDoneResponseStream"] = s_ollama,
        ["OllamaSharp.Models.GenerateDoneResponseStream"] = s_ollama,
        ["OllamaSharp.Models.EmbedResponse"] = new() { Input = "PromptEvalCount" },
    };

    /// <summary>The names of the types.</summary>
    public static IEnumerable<string> Names => s_rows.Keys;

    /// <summary>How a value counts: as the table says, else as its members are called.</summary>
    public static UsageRow? Find(Bound usage)
    {
        foreach (ITypeSymbol level in MetadataNames.Chain(usage.Core))
        {
            if (s_rows.TryGetValue(MetadataNames.Of(level), out UsageRow? row))
                return row;
        }
        return UsageShape.Of(usage);
    }
}
