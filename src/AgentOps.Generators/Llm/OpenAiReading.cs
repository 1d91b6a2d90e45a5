using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Llm;

/// <summary>Reads what the OpenAI package returns.</summary>
internal static class OpenAiReading
{
    private const string Provider = "openai";
    private const string Responses = "OpenAI.Responses.";

    public static void Completion(LlmStatements s, Bound value)
    {
        Head(s, value, "Id");
        s.Part(() =>
        {
            s.Each(value.At("Content"), "part", part => s.Text(part.At("Text")));
            s.Each(value.At("ToolCalls"), "call", call => s.ToolCall(call.At("Id"), call.At("FunctionName"), call.At("FunctionArguments")));
        });
    }

    public static void CompletionUpdate(LlmStatements s, Bound value)
    {
        Head(s, value, "CompletionId");
        s.Part(() =>
        {
            s.Each(value.At("ContentUpdate"), "part", part => s.Text(part.At("Text")));
            s.Each(value.At("ToolCallUpdates"), "call", call =>
                s.ToolCallPiece(call.At("Index"), call.At("ToolCallId"), call.At("FunctionName"), call.At("FunctionArgumentsUpdate")));
        });
    }

    public static void Response(LlmStatements s, Bound value)
    {
        Outcome(s, value);
        s.Part(() => s.Each(value.At("OutputItems"), "item", item =>
        {
            s.Is(item, TypeBeside(value, "MessageResponseItem"), message => s.Each(message.At("Content"), "part", part => s.Text(part.At("Text"))));
            s.Is(item, TypeBeside(value, "FunctionCallResponseItem"), call =>
                s.ToolCall(call.At("CallId"), call.At("FunctionName"), call.At("FunctionArguments")));
        }));
    }

    public static void ResponseUpdate(LlmStatements s, Bound value)
    {
        s.Provider(Provider);
        s.Part(() =>
        {
            foreach (string begun in (string[])["StreamingResponseCreatedUpdate", "StreamingResponseInProgressUpdate"])
                s.Is(value, TypeBeside(value, begun), update => s.When(update.At("Response"), "response", response => Identity(s, response)));
            foreach (string ended in (string[])["StreamingResponseCompletedUpdate", "StreamingResponseIncompleteUpdate", "StreamingResponseFailedUpdate"])
                s.Is(value, TypeBeside(value, ended), update => s.When(update.At("Response"), "response", response => Outcome(s, response)));
        });
        s.Part(() =>
        {
            s.Is(value, TypeBeside(value, "StreamingResponseOutputTextDeltaUpdate"), update => s.Text(update.At("Delta")));
            s.Is(value, TypeBeside(value, "StreamingResponseOutputItemAddedUpdate"), update => s.Is(update.At("Item"), TypeBeside(value, "FunctionCallResponseItem"), call =>
                s.ToolCallPiece(update.At("OutputIndex"), call.At("CallId"), call.At("FunctionName"), null)));
            s.Is(value, TypeBeside(value, "StreamingResponseFunctionCallArgumentsDeltaUpdate"), update =>
                s.ToolCallPiece(update.At("OutputIndex"), null, null, update.At("Delta")));
        });
    }

    public static void Embeddings(LlmStatements s, Bound value)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() => s.Fact("Model", value.At("Model")));
    }

    private static void Head(LlmStatements s, Bound value, string id)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() =>
        {
            s.Fact("Model", value.At("Model"));
            s.Fact("ResponseId", value.At(id));
            s.Fact("ServiceTier", value.At("ServiceTier"));
            s.Fact("FinishReason", value.At("FinishReason"));
        });
    }

    private static void Outcome(LlmStatements s, Bound response)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(response.At("Usage")));
        s.Part(() =>
        {
            Identity(s, response);
            s.Fact("ServiceTier", response.At("ServiceTier"));
            s.Fact("FinishReason", response.At("Status"));
            // Why an answer is incomplete says more than that it is.
            s.Fact("FinishReason", response.At("IncompleteStatusDetails.Reason"));
        });
    }

    private static void Identity(LlmStatements s, Bound response)
    {
        s.Fact("Model", response.At("Model"));
        s.Fact("ResponseId", response.At("Id"));
        s.Fact("ConversationId", response.At("ConversationOptions.ConversationId"));
    }

    private static ITypeSymbol? TypeBeside(Bound value, string name) => value.Core.ContainingAssembly?.GetTypeByMetadataName(Responses + name);
}
