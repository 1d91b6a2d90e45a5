namespace AgentOps;

/// <summary>
/// Says where the result of a model call holds how many tokens it used, for types that are not known by name. On a property or field that is a number, the
/// kind of tokens that it counts; on a property or field that is an object, that its members count them; on a type, that its own members do. On a
/// parameter of a record it stands for the property.
/// </summary>
/// <remarks>
/// <para>A call whose result says nothing that is known has unknown usage, which is <see langword="null"/> and never zero.</para>
/// <code>
/// public sealed record Reply(string Text, [TokenUsage(TokenKind.Input)] int Asked, [TokenUsage(TokenKind.Output)] int Answered);
/// </code>
/// <para>
/// Members of an object, or of a marked type, need no marks of their own if they are called as providers call them: <c>InputTokens</c>,
/// <c>PromptTokenCount</c>, <c>output_tokens</c>, <c>CachedTokens</c>, <c>ReasoningTokens</c> and the like.
/// </para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class TokenUsageAttribute : Attribute
{
    /// <summary>On an object or type whose members count tokens.</summary>
    public TokenUsageAttribute()
    {
    }

    /// <summary>On a number.</summary>
    /// <param name="kind">What it counts.</param>
    public TokenUsageAttribute(TokenKind kind) => Kind = kind;

    /// <summary>What the marked number counts; <see langword="null"/> for an object or type.</summary>
    public TokenKind? Kind { get; }

    /// <summary>
    /// Whether the input tokens leave out what is read from or written to a cache, as Anthropic counts. Otherwise the tokens of caches are among them.
    /// </summary>
    public bool InputExcludesCache { get; set; }

    /// <summary>Whether the output tokens leave out those spent on reasoning, as Google counts. Otherwise they are among them.</summary>
    public bool OutputExcludesReasoning { get; set; }

    /// <summary>What the counts of one chunk of a stream are to those of the chunks before.</summary>
    public UsageRule Rule { get; set; }
}
