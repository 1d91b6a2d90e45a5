using System.Diagnostics;
using System.Globalization;
using OpenAI.Chat;
using ResearchAgent.Agent;
using ResearchAgent.Documents;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Tells what the agent does while it does it: a line a step, with the time since the start.</summary>
internal sealed class ProgressView(Screen screen) : IResearchProgress
{
    private const int LabelWidth = 9;

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Opening(ResearchOptions options, DocumentLibrary library, ModelConnection connection)
    {
        screen.Line();
        Fact("question", options.Question);
        string first = library.IsPartial ? "the first " : "";
        Fact("documents", $"{first}{library.Documents.Count} text files of {options.Folder}");
        if (connection.IsOffline)
        {
            Fact("model", "none is called: OPENAI_API_KEY is not set, so a local planner stands in.");
            Fact("", $"It answers the real client over HTTP at {connection.Address}.");
        }
        else
        {
            Fact("model", $"{connection.Model} at {connection.Address}");
        }
        screen.Line();
    }

    public void Planned(int step, string thought, IReadOnlyList<ChatToolCall> calls)
    {
        string what = calls.Count == 0 ? "ready to answer"
            : thought.Length > 0 ? thought
            : $"call {string.Join(", ", calls.Select(call => call.FunctionName))}";
        Step(string.Create(CultureInfo.InvariantCulture, $"plan {step}"), "blue", what, "default");
    }

    public void ToolRan(ChatToolCall call, ToolOutcome outcome)
    {
        (string mark, string color) = outcome.Failed ? (screen.Glyphs.Failed, "red") : (screen.Glyphs.Done, "green");
        Step("tool", color, $"{mark} {ToolCallText.Of(call)}", "default", outcome.Summary, outcome.Failed ? "red" : "grey");
    }

    public void Answered(int updates, int characters) =>
        Step("answer", "blue", string.Create(CultureInfo.InvariantCulture, $"{characters} characters in {updates} streamed updates"), "default");

    private void Fact(string label, string text)
    {
        bool first = true;
        foreach (string line in WordWrap.Lines(text, screen.Width - LabelWidth - 2))
        {
            screen.Line($"[grey]{(first ? label : "").PadRight(LabelWidth + 1)}[/] {Markup.Escape(line)}");
            first = false;
        }
    }

    private void Step(string label, string labelColor, string text, string textColor, string? result = null, string resultColor = "grey")
    {
        string time = DurationText.Of(Stopwatch.GetElapsedTime(_start)).PadLeft(LabelWidth);
        string indent = new(' ', LabelWidth + 2 + LabelWidth);
        lock (_lock)
        {
            string head = $"[grey]{time}[/]  [{labelColor}]{label.PadRight(LabelWidth)}[/]";
            foreach (string line in Lines(text))
            {
                screen.Line($"{head}[{textColor}]{Markup.Escape(line)}[/]");
                head = indent;
            }
            foreach (string line in result is null ? [] : Lines(result))
                screen.Line($"{indent}  [{resultColor}]{Markup.Escape(line)}[/]");
        }
    }

    private IEnumerable<string> Lines(string text) =>
        WordWrap.Lines(FailureText.OneLine(text), screen.Width - (2 * LabelWidth) - 4);
}
