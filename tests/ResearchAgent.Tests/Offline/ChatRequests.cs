using System.Text.Json;
using ResearchAgent.Agent;
using ResearchAgent.Offline;

namespace ResearchAgent.Tests.Offline;

/// <summary>Builds the requests of a research, one tool result after the other.</summary>
internal sealed class ChatRequests(string question)
{
    private readonly List<RequestMessage> _messages =
    [
        new("system", JsonSerializer.SerializeToElement("Research."), null, null),
        new("user", JsonSerializer.SerializeToElement(question), null, null),
    ];

    public PlannerMove NextMove() => Move([JsonElement.Parse("""{"type":"function"}""")]);

    public PlannerMove Answer() => Move(tools: null);

    /// <summary>Runs the calls of a move with the tools of the agent, as the agent does.</summary>
    public async Task RunAsync(PlannerMove move, ToolBox toolBox)
    {
        ToolCall[] calls = [.. move.Calls.Select((call, i) => new ToolCall($"call_{_messages.Count}_{i}", "function", call))];
        _messages.Add(new RequestMessage("assistant", null, calls, null));
        foreach (ToolCall call in calls)
        {
            ToolOutcome outcome = await toolBox.RunAsync(
                OpenAI.Chat.ChatToolCall.CreateFunctionToolCall(call.Id, call.Function.Name, BinaryData.FromString(call.Function.Arguments)),
                CancellationToken.None);
            _messages.Add(new RequestMessage("tool", JsonSerializer.SerializeToElement(outcome.Text), null, call.Id));
        }
    }

    private PlannerMove Move(IReadOnlyList<JsonElement>? tools) =>
        OfflinePlanner.NextMove(Conversation.Read(new ChatRequest("local-planner", _messages, tools, Stream: null, StreamOptions: null)));
}
