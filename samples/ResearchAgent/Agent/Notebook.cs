using OpenAI.Chat;

namespace ResearchAgent.Agent;

/// <summary>One question and what was said about it so far, in the words that the model gets.</summary>
internal sealed class Notebook(string question)
{
    private const string Instructions = """
        You research questions in a folder of documents, with the tools you are given and nothing else.
        First find out where the answer may stand, then read around the best places. If a tool call fails, read why and try something else.
        When you have read enough to answer, reply with the single word READY and call no tool. You will then be asked for the answer.
        """;

    private const string AnswerRequest = """
        Answer the question now, from what the tools returned and nothing else, in a few sentences or a short list.
        Name the place of everything you state as file:line, for example docs/guide.md:12. If the documents do not answer it, say so.
        """;

    private readonly List<ChatMessage> _messages = [new SystemChatMessage(Instructions), new UserChatMessage(question)];

    public string Question { get; } = question;

    public int MessageCount => _messages.Count;

    /// <summary>Everything said so far.</summary>
    public IReadOnlyList<ChatMessage> ReadMessages() => _messages;

    public void Add(ChatCompletion reply) => _messages.Add(new AssistantChatMessage(reply));

    public void Add(string callId, ToolOutcome outcome) => _messages.Add(new ToolChatMessage(callId, outcome.Text));

    public void AskForAnswer() => _messages.Add(new UserChatMessage(AnswerRequest));
}
