namespace AgentOps.Generators.Llm;

/// <summary>Reads what Google.GenAI returns, whole or in chunks, of which each has the counts so far.</summary>
internal static class GoogleReading
{
    public static void Response(LlmStatements s, Bound value)
    {
        s.Provider("gcp.gemini");
        s.Part(() => s.Usage(value.At("UsageMetadata")));
        s.Part(() =>
        {
            s.Fact("Model", value.At("ModelVersion"));
            s.Fact("ResponseId", value.At("ResponseId"));
            s.Fact("ServiceTier", value.At("UsageMetadata.ServiceTier"));
        });
        s.Part(() => s.Each(value.At("Candidates"), "candidate", candidate =>
        {
            s.Fact("FinishReason", candidate.At("FinishReason"));
            s.Each(candidate.At("Content.Parts"), "part", part =>
            {
                // What the model thinks is no part of what it answers.
                if (part.At("Text") is { } text && part.At("Thought") is { } thought)
                {
                    s.If($"{thought.Expression} != true", () => s.Text(text));
                }
                else
                {
                    s.Text(part.At("Text"));
                }
                s.When(part.At("FunctionCall"), "call", call => s.ToolCall(call.At("Id"), call.At("Name"), call.At("Args")));
            });
        }));
    }
}
