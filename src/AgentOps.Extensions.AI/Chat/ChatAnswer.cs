using AgentOps.Extensions.AI.Calls;
using AgentOps.Extensions.AI.Tools;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>Reads what a model answered, whole or in pieces.</summary>
internal sealed class ChatAnswer
{
    private readonly bool _captures;
    private readonly bool _isAggregate;
    private readonly ToolSecrets _secrets;

    /// <param name="captures">Whether the answer is captured, rather than only what is known about it.</param>
    /// <param name="isAggregate">Whether its usage may be a sum over requests that are recorded themselves.</param>
    /// <param name="secrets">What of calls of tools is kept out.</param>
    public ChatAnswer(bool captures, bool isAggregate, ToolSecrets secrets)
    {
        _captures = captures;
        _isAggregate = isAggregate;
        _secrets = secrets;
        Whole = new ResultCapture<ChatResponse>(captures ? Write : null, Read);
        Streamed = new ResultCapture<ChatResponseUpdate>(null, Read);
    }

    public ResultCapture<ChatResponse> Whole { get; }

    public ResultCapture<ChatResponseUpdate> Streamed { get; }

    private void Read(LlmResult result, ChatResponse response)
    {
        if (response is null)
            return;
        Begin(result);
        result.Model = response.ModelId;
        result.ResponseId = response.ResponseId;
        result.ConversationId = response.ConversationId;
        result.FinishReason = response.FinishReason?.Value;
        UsageReading.Replace(result, response.Usage);
        bool hasText = false;
        foreach (ChatMessage message in response.Messages)
        {
            string text = message.Text;
            if (text.Length > 0 && hasText)
                result.AppendText("\n");
            hasText |= text.Length > 0;
            result.AppendText(text);
            foreach (AIContent content in message.Contents)
                ReadCall(result, content);
        }
    }

    private void Read(LlmResult result, ChatResponseUpdate update)
    {
        if (update is null)
            return;
        Begin(result);
        result.Model = update.ModelId ?? result.Model;
        result.ResponseId = update.ResponseId ?? result.ResponseId;
        result.ConversationId = update.ConversationId ?? result.ConversationId;
        result.FinishReason = update.FinishReason?.Value ?? result.FinishReason;
        foreach (AIContent content in update.Contents)
        {
            if (content is TextContent text)
                result.AppendText(text.Text);
            else if (content is UsageContent usage)
                UsageReading.Add(result, usage.Details);
            else
                ReadCall(result, content);
        }
    }

    private void Begin(LlmResult result)
    {
        result.IsAggregate = _isAggregate;
        if (!_captures)
            result.WithholdContent();
    }

    private void ReadCall(LlmResult result, AIContent content)
    {
        if (content is FunctionCallContent call)
            result.AddToolCall(call.CallId, call.Name, ToolArguments.ToJson(call, _secrets));
    }

    /// <summary>Writes what text and calls of tools do not say; of an answer that consists of them, nothing.</summary>
    private void Write(PayloadWriter writer, ChatResponse response)
    {
        if (response is not null && !response.Messages.All(static message => message.Contents.All(static c => c is TextContent or FunctionCallContent or UsageContent)))
            new MessageEncoder(_secrets).Write(writer, response.Messages);
    }
}
