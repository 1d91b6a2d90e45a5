using System.ClientModel;
using AgentOps;
using OpenAI.Chat;

namespace ResearchAgent.Agent;

/// <summary>The two ways this agent asks the language model. Every request is recorded with its tokens.</summary>
internal sealed class ChatModel(ChatClient client, IReadOnlyList<ChatTool> tools)
{
    /// <summary>Lets the model choose the next tool calls, or none when it knows enough.</summary>
    [RecordLlm(Provider = "openai")]
    public async Task<ChatCompletion> DecideAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var options = new ChatCompletionOptions();
        foreach (ChatTool tool in tools)
            options.Tools.Add(tool);
        ClientResult<ChatCompletion> result = await client.CompleteChatAsync(messages, options, cancellationToken);
        return result.Value;
    }

    /// <summary>Streams the answer; its last update carries the usage.</summary>
    [RecordLlm(Provider = "openai")]
    public IAsyncEnumerable<StreamingChatCompletionUpdate> AnswerAsync(
        IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) =>
        client.CompleteChatStreamingAsync(messages, options: null, cancellationToken);
}
