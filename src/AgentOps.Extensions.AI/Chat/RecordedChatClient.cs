using System.Diagnostics;
using AgentOps.Extensions.AI.Calls;
using AgentOps.Extensions.AI.Tools;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>A chat client whose requests are recorded. Behaves as the one it stands for.</summary>
[StackTraceHidden]
internal sealed class RecordedChatClient(IChatClient client, ModelRecordingOptions options, Place place) : DelegatingChatClient(client), IRecordsCalls
{
    private readonly ModelRecordingOptions _options = new() { Name = options.Name, Provider = options.Provider, Model = options.Model, Capture = options.Capture };
    private ModelFacts? _facts;
    private ChatAnswer? _answer;

    private ModelFacts Facts => _facts ??= ModelFacts.Of(InnerClient, _options, place, typeof(RecordedChatClient));

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallScope call = Start(ref messages, options, out ToolSecrets secrets);
        if (!call.IsRecorded)
            return base.GetResponseAsync(messages, options, cancellationToken);
        CallFlow flow = CallScope.Publish(call, null);
        Task<ChatResponse> response;
        try
        {
            response = base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (CallScope.Fault(call, e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        return CallScope.End(call, response, AnswerFor(secrets).Whole);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        CallScope call = Start(ref messages, options, out ToolSecrets secrets);
        if (!call.IsRecorded)
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        CallFlow flow = CallScope.Publish(call, null);
        IAsyncEnumerable<ChatResponseUpdate> updates;
        try
        {
            updates = base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (CallScope.Fault(call, e))
        {
            throw;
        }
        finally
        {
            flow.Leave();
        }
        return CallScope.End(call, updates, AnswerFor(secrets).Streamed, null);
    }

    private CallScope Start(ref IEnumerable<ChatMessage> messages, ChatOptions? options, out ToolSecrets secrets)
    {
        secrets = ToolSecrets.None;
        if (RecordingGate.Live == 0)
        {
            RecordingGate.CallsWithoutSession++;
            return default;
        }
        ModelFacts facts = Facts;
        PayloadWriter writer = CallScope.Enter(facts.Site, null);
        if (!writer.IsRecording)
            return default;
        secrets = ToolSecrets.Of(options?.Tools);
        writer.WriteModel(options?.ModelId ?? facts.Model);
        if (_options.Capture.HasFlag(Capture.Arguments) && !RecordingGate.WithholdsArguments)
        {
            messages = MaterialMessages.Of(messages);
            ChatPrompt.Write(writer, messages, options, secrets);
        }
        return CallScope.Start(writer);
    }

    private ChatAnswer AnswerFor(ToolSecrets secrets) =>
        secrets == ToolSecrets.None ? _answer ??= NewAnswer(secrets) : NewAnswer(secrets);

    private ChatAnswer NewAnswer(ToolSecrets secrets) => new(_options.Capture.HasFlag(Capture.Result), Facts.HoldsRecorder, secrets);
}
