namespace ResearchAgent.Offline;

/// <summary>Token counts by the rule of thumb that a token is four characters, with a few more for each message.</summary>
internal static class TokenEstimate
{
    private const double CharactersPerToken = 4;
    private const int TokensPerMessage = 4;

    public static ResponseUsage Of(ChatRequest request, PlannerMove reply)
    {
        int prompt = (request.Messages ?? []).Sum(Of) + (request.Tools ?? []).Sum(tool => Of(tool.GetRawText()));
        int completion = Of(reply.Text) + reply.Calls.Sum(Of);
        return new ResponseUsage(prompt, completion, prompt + completion);
    }

    private static int Of(RequestMessage message) =>
        TokensPerMessage + Of(MessageText.Of(message)) + (message.ToolCalls ?? []).Sum(call => Of(call.Function));

    private static int Of(FunctionCall call) => Of(call.Name) + Of(call.Arguments);

    private static int Of(string text) => (int)Math.Ceiling(text.Length / CharactersPerToken);
}
