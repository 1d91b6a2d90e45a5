using AgentOps;
using AgentOps.Events;
using AgentOps.Metrics;
using Spectre.Console;

namespace ResearchAgent.Terminal;

/// <summary>Shows which call ran inside which, when, for how long and for which agent. Failed calls are red, with their error.</summary>
internal sealed class CallTreeView(Screen screen)
{
    private const int AgentWidth = 12;
    private const int DurationWidth = 9;
    private const int WidthWithoutTimeline = 74;
    private const int MaxTimelineWidth = 26;

    private DateTimeOffset _start;
    private TimeSpan _whole;

    /// <summary>Narrow terminals do without.</summary>
    private int TimelineWidth => Math.Clamp(screen.Width - WidthWithoutTimeline, 0, MaxTimelineWidth);

    private int NameWidth => screen.Width - AgentWidth - TimelineWidth - DurationWidth - 6;

    public void Show(Session session, SessionAnalytics analytics)
    {
        _start = session.StartedAt;
        _whole = analytics.Duration;
        for (int i = 0; i < analytics.CallTree.Count; i++)
            ShowNode(analytics.CallTree[i], "", "");
    }

    private void ShowNode(CallTreeNode node, string head, string below)
    {
        if (node.Event is ErrorEvent error)
            ShowError(error, head, below);
        else
            ShowCall(node.Event, head);
        for (int i = 0; i < node.Children.Count; i++)
        {
            bool last = i == node.Children.Count - 1;
            ShowNode(
                node.Children[i],
                below + (last ? screen.Glyphs.LastBranch : screen.Glyphs.Branch),
                below + (last ? screen.Glyphs.Gap : screen.Glyphs.Rail));
        }
    }

    private void ShowCall(AgentEvent call, string head)
    {
        bool failed = call.Status == EventStatus.Error;
        (string kind, string name, string color) = call switch
        {
            LlmEvent llm => ("llm", $"{llm.Name} {llm.Model}", "magenta"),
            ToolEvent tool => ("tool", tool.Name, "green"),
            _ => ("action", call.DisplayName, "blue"),
        };
        color = failed ? "red" : color;
        string mark = failed ? $" {screen.Glyphs.Failed}" : "";
        string label = screen.Fit(name, Math.Max(1, NameWidth - head.Length - kind.Length - 1 - mark.Length)) + mark;
        string padding = new(' ', Math.Max(0, NameWidth - head.Length - kind.Length - 1 - label.Length));
        string agent = screen.Fit(call.Agent?.Name ?? "", AgentWidth).PadRight(AgentWidth);
        string duration = (call.Duration is { } known ? DurationText.Of(known) : "no end").PadLeft(DurationWidth);
        screen.Line(
            $"[grey]{Markup.Escape(head)}[/][{color}]{kind}[/] {(failed ? $"[red]{Markup.Escape(label)}[/]" : Markup.Escape(label))}{padding}"
            + $"  [grey]{Markup.Escape(agent)}[/]  {Timeline(call, color)}  {duration}");
    }

    private void ShowError(ErrorEvent error, string head, string below)
    {
        string text = FailureText.OneLine($"{ShortName(error.ErrorType)}: {error.Details}");
        foreach (string line in WordWrap.Lines(text, screen.Width - head.Length))
        {
            screen.Line($"[grey]{Markup.Escape(head)}[/][red]{Markup.Escape(line)}[/]");
            head = below;
        }
    }

    /// <summary>A bar from the start of the call to its end, on the scale of the session.</summary>
    private string Timeline(AgentEvent call, string color)
    {
        if (TimelineWidth == 0)
            return "";
        int from = Position(call.Start - _start);
        int to = Math.Max(from + 1, Position((call.End ?? _start + _whole) - _start));
        string before = new(screen.Glyphs.Rest, from);
        string bar = to - from == 1 ? screen.Glyphs.Tick.ToString() : new string(screen.Glyphs.Bar, to - from);
        string after = new(screen.Glyphs.Rest, TimelineWidth - to);
        return $"[grey]{before}[/][{color}]{bar}[/][grey]{after}[/]";
    }

    private int Position(TimeSpan offset) =>
        _whole <= TimeSpan.Zero ? 0 : (int)Math.Clamp(TimelineWidth * (offset / _whole), 0, TimelineWidth - 1);

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];
}
