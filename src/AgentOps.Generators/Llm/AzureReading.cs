namespace AgentOps.Generators.Llm;

/// <summary>Reads what Azure.AI.Inference returns.</summary>
internal static class AzureReading
{
    private const string Provider = "azure.ai.inference";

    public static void Completions(LlmStatements s, Bound value)
    {
        Head(s, value);
        s.Part(() =>
        {
            s.Text(value.At("Content"));
            s.Each(value.At("ToolCalls"), "call", call =>
                s.ToolCall(call.At("Id"), call.AtAny("Name", "Function.Name"), call.AtAny("Arguments", "Function.Arguments")));
            // Earlier versions have all of it in the choices.
            if (value.At("Content") is null)
            {
                s.Each(value.At("Choices"), "choice", choice =>
                {
                    s.Fact("FinishReason", choice.At("FinishReason"));
                    s.Text(choice.At("Message.Content"));
                });
            }
        });
    }

    public static void Update(LlmStatements s, Bound value)
    {
        Head(s, value);
        s.Part(() =>
        {
            s.Text(value.At("ContentUpdate"));
            s.When(value.At("ToolCallUpdate"), "call", call => s.ToolCallPiece(null, call.At("Id"), call.At("Function.Name"), call.At("Function.Arguments")));
        });
    }

    public static void Embeddings(LlmStatements s, Bound value)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() =>
        {
            s.Fact("Model", value.At("Model"));
            s.Fact("ResponseId", value.At("Id"));
        });
    }

    private static void Head(LlmStatements s, Bound value)
    {
        s.Provider(Provider);
        s.Part(() => s.Usage(value.At("Usage")));
        s.Part(() =>
        {
            s.Fact("Model", value.At("Model"));
            s.Fact("ResponseId", value.At("Id"));
            s.Fact("FinishReason", value.At("FinishReason"));
        });
    }
}
