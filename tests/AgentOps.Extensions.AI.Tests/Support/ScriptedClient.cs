using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Support;

/// <summary>A client whose answers a test writes.</summary>
internal sealed class ScriptedClient : IChatClient
{
    public Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> OnResponse { get; init; } =
        static (_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "fine")));

    public Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> OnStream { get; init; } =
        static (_, _, _) => Stream(new ChatResponseUpdate(ChatRole.Assistant, "fine"));

    public ChatClientMetadata? Metadata { get; init; }

    public bool IsDisposed { get; private set; }

    public static ScriptedClient Answering(ChatResponse response) => new() { OnResponse = (_, _, _) => Task.FromResult(response) };

    public static ScriptedClient Streaming(params ChatResponseUpdate[] updates) => new() { OnStream = (_, _, token) => Stream(updates, token) };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        OnResponse(messages, options, cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => OnStream(messages, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => IsDisposed = true;

    private static IAsyncEnumerable<ChatResponseUpdate> Stream(params ChatResponseUpdate[] updates) => Stream(updates, default);

    private static async IAsyncEnumerable<ChatResponseUpdate> Stream(ChatResponseUpdate[] updates, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (ChatResponseUpdate update in updates)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return update;
        }
    }
}
