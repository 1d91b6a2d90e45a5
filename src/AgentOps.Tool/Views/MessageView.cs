using System.Text.Json;
using AgentOps.Events;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>What was asked and answered, and what calls were given and gave back, below their lines in the tree.</summary>
internal sealed class MessageView(Screen screen, bool isFull)
{
    private const int LinesOfText = 8;

    public void Show(AgentEvent e, string margin)
    {
        switch (e)
        {
            case LlmEvent llm:
                ShowPrompt(llm.Prompt, margin);
                ShowText("answer", TextOf(llm.Completion), margin);
                foreach (LlmToolCall call in llm.ToolCalls)
                    ShowText("wants", $"{call.Name}({call.Arguments})", margin);
                if (llm.Prompt is null)
                    ShowFields(e, margin);
                break;
            case LogEvent:
                ShowFields(e, margin);
                break;
            case ActionEvent or ToolEvent:
                ShowFields(e, margin);
                ShowText("returned", TextOf(e.Returns), margin);
                break;
        }
        if (e is not ErrorEvent)
            ShowText("logs", e.Logs, margin);
        else if (isFull)
            ShowText("stack", e.Logs, margin);
    }

    private void ShowFields(AgentEvent e, string margin)
    {
        foreach (EventField field in e.Params)
            ShowText(field.Name, TextOf(field.Value), margin);
    }

    /// <summary>A list of messages as chat clients have it is shown message by message; anything else as it is.</summary>
    private void ShowPrompt(EventValue? prompt, string margin)
    {
        if (prompt is null || prompt.IsNull)
            return;
        if (prompt.AsText() is { } text)
        {
            ShowText("prompt", text, margin);
            return;
        }
        using JsonDocument json = JsonDocument.Parse(prompt.ToString());
        JsonElement[] messages = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [];
        if (messages.Length == 0 || !Array.TrueForAll(messages, static m => m.ValueKind == JsonValueKind.Object && Member(m, "role") is { ValueKind: JsonValueKind.String }))
        {
            ShowText("prompt", prompt.ToString(), margin);
            return;
        }
        foreach (JsonElement message in messages)
        {
            JsonElement? content = Member(message, "content") ?? Member(message, "text") ?? Member(message, "contents");
            ShowText(Member(message, "role")!.Value.GetString()!, content is { ValueKind: JsonValueKind.String } said ? said.GetString() : (content ?? message).GetRawText(), margin);
        }
    }

    private static JsonElement? Member(JsonElement message, string name)
    {
        foreach (JsonProperty property in message.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }

    private void ShowText(string label, string? text, string margin)
    {
        if (string.IsNullOrEmpty(text))
            return;
        IReadOnlyList<string> lines = WordWrap.Lines(SafeText.Block(text), screen.Width - CellWidth.Of(margin) - 2);
        string head = screen.Fit(label, 24);
        // What fits beside its name stands there.
        if (lines.Count == 1 && CellWidth.Of(margin) + head.Length + 2 + CellWidth.Of(lines[0]) <= screen.Width)
        {
            screen.Line(new TextLine().Add(margin, Tone.Quiet).Add(head + "  ", Tone.Quiet).Add(lines[0]));
            return;
        }
        screen.Line(new TextLine().Add(margin, Tone.Quiet).Add(head, Tone.Quiet));
        screen.Wrapped(text, margin + "  ", Tone.Plain, isFull ? int.MaxValue : LinesOfText);
    }

    private static string? TextOf(EventValue? value) => value is null || value.IsNull ? null : value.AsText() ?? value.ToString();
}
