namespace AgentOps.Extensions.AI.Calls;

/// <summary>Names of providers as OpenTelemetry's GenAI conventions have them.</summary>
internal static class ProviderName
{
    private const string OpenAI = "openai";

    private static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["azureopenai"] = "azure.ai.openai",
        ["azureaiopenai"] = "azure.ai.openai",
        ["azaiopenai"] = "azure.ai.openai",
        ["azureaiinference"] = "azure.ai.inference",
        ["azaiinference"] = "azure.ai.inference",
        ["awsbedrock"] = "aws.bedrock",
        ["amazonbedrock"] = "aws.bedrock",
        ["bedrock"] = "aws.bedrock",
        ["gemini"] = "gcp.gemini",
        ["google"] = "gcp.gemini",
        ["googleai"] = "gcp.gemini",
        ["googlegenai"] = "gcp.gemini",
        ["googlegemini"] = "gcp.gemini",
        ["vertexai"] = "gcp.vertex_ai",
        ["googlevertexai"] = "gcp.vertex_ai",
        ["mistral"] = "mistral_ai",
        ["mistralai"] = "mistral_ai",
        ["xai"] = "x_ai",
        ["grok"] = "x_ai",
        ["ibmwatsonx"] = "ibm.watsonx.ai",
        ["watsonx"] = "ibm.watsonx.ai",
        ["moonshot"] = "moonshot_ai",
        ["moonshotai"] = "moonshot_ai",
        ["together"] = "together_ai",
        ["togetherai"] = "together_ai",
        ["fireworks"] = "fireworks_ai",
        ["fireworksai"] = "fireworks_ai",
    };

    /// <summary>Others that speak OpenAI's protocol, by their hosts or the domains of these.</summary>
    private static readonly (string Host, string Name)[] s_hosts =
    [
        ("openai.azure.com", "azure.ai.openai"),
        ("services.ai.azure.com", "azure.ai.openai"),
        ("cognitiveservices.azure.com", "azure.ai.openai"),
        ("generativelanguage.googleapis.com", "gcp.gemini"),
        ("aiplatform.googleapis.com", "gcp.vertex_ai"),
        ("api.anthropic.com", "anthropic"),
        ("api.mistral.ai", "mistral_ai"),
        ("api.deepseek.com", "deepseek"),
        ("api.groq.com", "groq"),
        ("api.x.ai", "x_ai"),
        ("api.perplexity.ai", "perplexity"),
        ("api.moonshot.ai", "moonshot_ai"),
        ("api.together.xyz", "together_ai"),
        ("api.fireworks.ai", "fireworks_ai"),
        ("openrouter.ai", "openrouter"),
    ];

    /// <summary>The conventional name.</summary>
    /// <param name="name">What the client calls its provider.</param>
    /// <param name="address">Whom it talks to: a client of one provider's package may be pointed at another's server.</param>
    public static string? Of(string? name, Uri? address)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        string given = name.Trim().ToLowerInvariant();
        if (given == OpenAI && address is { IsAbsoluteUri: true })
            return Array.Find(s_hosts, known => IsWithin(address.Host, known.Host)).Name ?? OpenAI;
        string letters = string.Concat(given.Where(char.IsLetterOrDigit));
        return s_names.GetValueOrDefault(letters, given);
    }

    private static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (host.Length == domain.Length || host[^(domain.Length + 1)] is '.' or '-');
}
