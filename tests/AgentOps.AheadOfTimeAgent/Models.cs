using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOps.AheadOfTimeAgent;

/// <summary>A client whose answers are known, behind the abstractions that real ones have.</summary>
internal sealed class EchoClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, messages.Last().Text))
        {
            ModelId = "gpt-4o-mini",
            Usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 100 },
        });

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (string word in messages.Last().Text.Split(' '))
            yield return new ChatResponseUpdate(ChatRole.Assistant, word) { ModelId = "gpt-4o-mini" };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 })]);
    }

    public object? GetService(Type serviceType, object? serviceKey) => null;

    public void Dispose()
    {
    }
}

/// <summary>An answer of a type that only this program has.</summary>
internal sealed record Reply(string Text, [property: TokenUsage(TokenKind.Input)] int Asked, [property: TokenUsage(TokenKind.Output)] int Answered);

internal static class OwnModel
{
    [RecordLlm(Model = "own-model", Provider = "local")]
    public static async ValueTask<Reply> AskAsync(string prompt)
    {
        await Task.Yield();
        return new Reply(prompt, 7, 3);
    }
}

internal static class Tools
{
    [RecordTool("twice")]
    public static int Twice(int n) => 2 * n;
}
