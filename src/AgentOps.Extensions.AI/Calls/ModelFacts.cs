using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Calls;

/// <summary>What a client says of itself, asked when its first call is recorded.</summary>
/// <param name="Site">The call site of its calls.</param>
/// <param name="Model">The model it asks where a call names none.</param>
/// <param name="HoldsRecorder">Whether some layer beneath records too, so that what this one sees may be a sum over what that one does.</param>
internal sealed record ModelFacts(uint Site, string? Model, bool HoldsRecorder)
{
    public static ModelFacts Of(IChatClient client, ModelRecordingOptions options, Place place, Type recorder)
    {
        var metadata = Ask(client.GetService, typeof(ChatClientMetadata)) as ChatClientMetadata;
        uint site = ModelSites.For(
            options.Name ?? "chat", options.Provider ?? ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri), nameof(IChatClient), place);
        return new ModelFacts(site, options.Model ?? metadata?.DefaultModelId, Ask(client.GetService, recorder) is not null);
    }

    public static ModelFacts Of(IEmbeddingGenerator generator, ModelRecordingOptions options, Place place, Type recorder)
    {
        var metadata = Ask(generator.GetService, typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        uint site = ModelSites.For(
            options.Name ?? "embeddings", options.Provider ?? ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri), nameof(IEmbeddingGenerator), place);
        return new ModelFacts(site, options.Model ?? metadata?.DefaultModelId, Ask(generator.GetService, recorder) is not null);
    }

    /// <summary>Whoever wrote the client, a question that it was not asked before must not fail a call.</summary>
    private static object? Ask(Func<Type, object?, object?> getService, Type type)
    {
        try
        {
            return getService(type, null);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
