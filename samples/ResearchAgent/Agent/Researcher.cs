using System.Text;
using AgentOps;
using OpenAI.Chat;

namespace ResearchAgent.Agent;

/// <summary>Answers questions: lets the model plan, runs the tools it asks for, and streams its answer when it has read enough.</summary>
[TrackAgent("researcher")]
internal sealed class Researcher(ChatModel model, ToolBox toolBox, IResearchProgress progress)
{
    /// <summary>After so many plans the model must answer with what it has.</summary>
    public const int MaxSteps = 8;

    [RecordAction("research")]
    public async Task<string> ResearchAsync(string question, CancellationToken cancellationToken)
    {
        var notebook = new Notebook(question);
        for (int step = 1; step <= MaxSteps; step++)
        {
            IReadOnlyList<ChatToolCall> calls = await PlanAsync(notebook, step, cancellationToken);
            if (calls.Count == 0)
                break;
            await GatherAsync(notebook, calls, cancellationToken);
        }
        return await AnswerAsync(notebook, cancellationToken);
    }

    [RecordAction("plan")]
    public async Task<IReadOnlyList<ChatToolCall>> PlanAsync(Notebook notebook, int step, CancellationToken cancellationToken)
    {
        ChatCompletion reply = await model.DecideAsync(notebook.ReadMessages(), cancellationToken);
        notebook.Add(reply);
        progress.Planned(step, string.Concat(reply.Content.Select(part => part.Text)), reply.ToolCalls);
        return reply.ToolCalls;
    }

    /// <summary>Runs the calls of one plan side by side.</summary>
    [RecordAction("gather")]
    public async Task GatherAsync(Notebook notebook, IReadOnlyList<ChatToolCall> calls, CancellationToken cancellationToken)
    {
        ToolOutcome[] outcomes = await Task.WhenAll(calls.Select(call => RunToolAsync(call, cancellationToken)));
        foreach ((ChatToolCall call, ToolOutcome outcome) in calls.Zip(outcomes))
            notebook.Add(call.Id, outcome);
    }

    [RecordAction("answer")]
    public async Task<string> AnswerAsync(Notebook notebook, CancellationToken cancellationToken)
    {
        notebook.AskForAnswer();
        var answer = new StringBuilder();
        int updates = 0;
        await foreach (StreamingChatCompletionUpdate update in model.AnswerAsync(notebook.ReadMessages(), cancellationToken))
        {
            updates++;
            foreach (ChatMessageContentPart part in update.ContentUpdate)
                answer.Append(part.Text);
        }
        progress.Answered(updates, answer.Length);
        return answer.ToString();
    }

    private async Task<ToolOutcome> RunToolAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        ToolOutcome outcome = await toolBox.RunAsync(call, cancellationToken);
        progress.ToolRan(call, outcome);
        return outcome;
    }
}
