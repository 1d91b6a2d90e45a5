using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Tests.Support;

/// <summary>
/// Calls the functions that the model wants and asks again with their results, until it wants none. Its answer has the messages of all turns and the sum
/// of their usage, as that of the implementation package's client for this has.
/// </summary>
internal sealed class ToolLoopClient(IChatClient client) : DelegatingChatClient(client)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        List<ChatMessage> answered = [];
        UsageDetails? usage = null;
        while (true)
        {
            ChatResponse response = await base.GetResponseAsync(conversation, options, cancellationToken);
            answered.AddRange(response.Messages);
            if (response.Usage is { } turn)
                (usage ??= new UsageDetails()).Add(turn);
            FunctionCallContent[] calls = [.. response.Messages.SelectMany(static m => m.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
            {
                response.Messages = answered;
                response.Usage = usage;
                return response;
            }
            ChatMessage results = await CallAsync(calls, options, cancellationToken);
            answered.Add(results);
            conversation.AddRange([.. response.Messages, results]);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<ChatMessage> conversation = [.. messages];
        while (true)
        {
            List<ChatResponseUpdate> turn = [];
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(conversation, options, cancellationToken))
            {
                turn.Add(update);
                yield return update;
            }
            FunctionCallContent[] calls = [.. turn.SelectMany(static u => u.Contents).OfType<FunctionCallContent>()];
            if (calls.Length == 0)
                yield break;
            conversation.AddRange([.. turn.ToChatResponse().Messages, await CallAsync(calls, options, cancellationToken)]);
        }
    }

    private static async Task<ChatMessage> CallAsync(FunctionCallContent[] calls, ChatOptions? options, CancellationToken cancellationToken)
    {
        List<AIContent> results = [];
        foreach (FunctionCallContent call in calls)
        {
            AIFunction function = options!.Tools!.OfType<AIFunction>().Single(f => f.Name == call.Name);
            results.Add(new FunctionResultContent(call.CallId, await function.InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken)));
        }
        return new ChatMessage(ChatRole.Tool, results);
    }
}
