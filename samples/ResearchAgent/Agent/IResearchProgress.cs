using OpenAI.Chat;

namespace ResearchAgent.Agent;

/// <summary>Hears of each step of the research as it happens. May be called from several threads at once.</summary>
internal interface IResearchProgress
{
    /// <summary>The model chose its next tool calls; none means that it is ready to answer.</summary>
    void Planned(int step, string thought, IReadOnlyList<ChatToolCall> calls);

    void ToolRan(ChatToolCall call, ToolOutcome outcome);

    void Answered(int updates, int characters);
}
