using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using ResearchAgent.Offline;

namespace ResearchAgent.Agent;

/// <summary>A client for the model, and the server that stands in for one if there is no key. Either way the requests are real HTTP.</summary>
internal sealed class ModelConnection : IAsyncDisposable
{
    private const int MaxRetries = 2;

    private readonly LoopbackModelServer? _standIn;

    private ModelConnection(ChatClient client, Uri address, string model, LoopbackModelServer? standIn)
    {
        Client = client;
        Address = address;
        Model = model;
        _standIn = standIn;
    }

    public ChatClient Client { get; }

    public Uri Address { get; }

    public string Model { get; }

    /// <summary>Whether no model is called.</summary>
    public bool IsOffline => _standIn is not null;

    public static async Task<ModelConnection> OpenAsync(ModelSettings? settings, CancellationToken cancellationToken)
    {
        if (settings is not null)
            return new ModelConnection(CreateClient(settings.BaseUrl, settings.ApiKey, settings.Model), settings.BaseUrl, settings.Model, null);

        LoopbackModelServer standIn = await LoopbackModelServer.StartAsync(cancellationToken);
        ChatClient client = CreateClient(standIn.Address, "not-needed-on-loopback", LoopbackModelServer.ModelName);
        return new ModelConnection(client, standIn.Address, LoopbackModelServer.ModelName, standIn);
    }

    public ValueTask DisposeAsync() => _standIn?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static ChatClient CreateClient(Uri address, string apiKey, string model) =>
        new(model, new ApiKeyCredential(apiKey), new OpenAIClientOptions { Endpoint = address, RetryPolicy = new ClientRetryPolicy(MaxRetries) });
}
