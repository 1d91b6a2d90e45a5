using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>What one type of one package is expected to be read as.</summary>
internal sealed record ProviderRow(string Name)
{
    public string Declarations { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>The expressions of a value, or of the chunks of a stream.</summary>
    public string[] Values { get; init; } = [];

    public TokenUsage? Usage { get; init; }

    /// <summary>What is known where the last chunk is missing.</summary>
    public TokenUsage? PartialUsage { get; init; }

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Finish { get; init; }

    public string? ResponseId { get; init; }

    public string? Conversation { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>What was answered; <see langword="null"/> if the type has no text.</summary>
    public string? Text { get; init; }

    public string Tools { get; init; } = "";

    public bool IsAggregate { get; init; }

    public Dictionary<string, long> Raw { get; init; } = [];
}
