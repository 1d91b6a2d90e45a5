namespace ResearchAgent.Agent;

/// <summary>Which model is asked, as the environment says.</summary>
/// <remarks>Not a record: its text would hold the key.</remarks>
internal sealed class ModelSettings
{
    private const string DefaultBaseUrl = "https://api.openai.com/v1";
    private const string DefaultModel = "gpt-5-mini";

    private ModelSettings(string apiKey, Uri baseUrl, string model)
    {
        ApiKey = apiKey;
        BaseUrl = baseUrl;
        Model = model;
    }

    public string ApiKey { get; }

    public Uri BaseUrl { get; }

    public string Model { get; }

    /// <summary>The settings; <see langword="null"/> if there is no key, so that no model can be asked.</summary>
    /// <exception cref="UsageException">The variables contradict each other or make no sense.</exception>
    public static ModelSettings? Read(Func<string, string?> variable)
    {
        string? apiKey = Given("OPENAI_API_KEY");
        string? baseUrl = Given("OPENAI_BASE_URL");
        if (apiKey is null)
        {
            // Silently leaving a given server out would look as if it had answered.
            return baseUrl is null
                ? null
                : throw new UsageException("OPENAI_BASE_URL is set but OPENAI_API_KEY is not; set both, or neither.");
        }
        if (!Uri.TryCreate(baseUrl ?? DefaultBaseUrl, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"OPENAI_BASE_URL '{baseUrl}' is not an http or https address.");
        return new ModelSettings(apiKey, address, Given("OPENAI_MODEL") ?? DefaultModel);

        string? Given(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }
}
