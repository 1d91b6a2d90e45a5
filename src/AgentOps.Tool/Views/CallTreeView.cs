using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>Which call ran inside which, beside a waterfall of when and for how long. Failed calls are marked and red, with their error.</summary>
internal sealed class CallTreeView(Screen screen, DateTimeOffset start, TimeSpan whole, int depth, int limit)
{
    /// <summary>Deeper nesting has no room on any screen.</summary>
    public const int MaxDepth = 32;

    private const int DurationWidth = 8;
    private const int DetailWidth = 20;
    private const int LeastForDetails = 100;
    private const string Gap = "  ";

    private int _shown;

    private readonly int _timeline = Math.Clamp((screen.Width - 46) / 2, 10, 48);

    private int Details => screen.Width >= LeastForDetails ? DetailWidth : 0;

    private int NameWidth => screen.Width - _timeline - DurationWidth - (2 * Gap.Length) - (Details == 0 ? 0 : Details + Gap.Length);

    public void Show(IReadOnlyList<CallTreeNode> roots, MessageView? messages)
    {
        if (roots.Count == 0)
        {
            screen.Line("Nothing was recorded in it.", Tone.Quiet);
            return;
        }
        ShowScale();
        foreach (CallTreeNode root in roots)
            ShowNode(root, "", "", 1, messages);
        int all = CountOf(roots);
        if (all > _shown)
            screen.Line($"{screen.Glyphs.Ellipsis} {Counted.Of(all - _shown, "more event")} (--limit 0 and --depth {MaxDepth} show more)", Tone.Quiet);
    }

    private void ShowScale()
    {
        string middle = DurationText.Of(whole / 2);
        string end = DurationText.Of(whole);
        int half = Math.Max(1, (_timeline / 2) - (middle.Length / 2) - 1);
        var scale = new TextLine().PadTo(NameWidth + (Details == 0 ? 0 : Details + Gap.Length) + Gap.Length).Add("0", Tone.Quiet);
        if (_timeline >= 24)
            scale.Add(new string(' ', half)).Add(middle, Tone.Quiet);
        screen.Line(scale.PadTo(screen.Width - DurationWidth - Gap.Length - end.Length).Add(end, Tone.Quiet));
    }

    private void ShowNode(CallTreeNode node, string head, string below, int level, MessageView? messages)
    {
        if (_shown >= limit)
            return;
        _shown++;
        if (node.Event is ErrorEvent error)
            ShowError(error, head, below);
        else if (node.Event is LogEvent log)
            ShowLog(log, head);
        else
            ShowCall(node.Event, head);
        messages?.Show(node.Event, below + (node.Children.Count > 0 && level < depth ? screen.Glyphs.Rail : screen.Glyphs.Gap));
        if (level >= depth)
            return;
        for (int i = 0; i < node.Children.Count; i++)
        {
            bool last = i == node.Children.Count - 1;
            ShowNode(
                node.Children[i], below + (last ? screen.Glyphs.LastBranch : screen.Glyphs.Branch), below + (last ? screen.Glyphs.Gap : screen.Glyphs.Rail), level + 1, messages);
        }
    }

    private void ShowCall(AgentEvent call, string head)
    {
        EventLabel label = EventLabel.Of(call, screen.Glyphs);
        bool isBad = call.Status is EventStatus.Error or EventStatus.Interrupted;
        var line = new TextLine().Add(head, Tone.Quiet);
        if (label.Mark.Length > 0)
            line.Add(label.Mark + " ", isBad ? Tone.Bad : Tone.Warn);
        line.Add(label.Kind + " ", label.Tone);
        line.Add(screen.Fit(label.Name, Math.Max(4, NameWidth - line.Width)), isBad ? Tone.Bad : Tone.Plain);
        line = line.Fit(NameWidth, screen.Glyphs.Ellipsis).PadTo(NameWidth);
        if (Details > 0)
            line.Add(Gap).Add(CellWidth.PadRight(screen.Fit(DetailsOf(call), Details), Details), Tone.Quiet);
        line.Add(Gap);
        AddTimeline(line, call, label.Tone);
        string duration = EventLabel.StatusOf(call);
        screen.Line(line.Add(Gap).Add(CellWidth.PadLeft(duration, DurationWidth), isBad ? Tone.Bad : Tone.Plain));
    }

    /// <summary>Tokens and cost of a model call, else the agent.</summary>
    private string DetailsOf(AgentEvent call)
    {
        if (call is LlmEvent { Usage: { } usage } llm)
        {
            string cost = MoneyText.Of(Pricing.PriceTable.Default.CostOf(llm).Usd);
            return $"{CountOf(usage.InputTokens)}{screen.Glyphs.Arrow}{CountOf(usage.OutputTokens)} {cost}";
        }
        return call.Agent?.Name ?? "";

        static string CountOf(long? count) => count is { } known ? Counted.Number(known) : MoneyText.Unknown;
    }

    private void ShowError(ErrorEvent error, string head, string below)
    {
        IReadOnlyList<string> lines = WordWrap.Lines(SafeText.Block(ErrorText.Of(error)), screen.Width - CellWidth.Of(head) - 2);
        const int Most = 4;
        for (int i = 0; i < Math.Min(Most, lines.Count); i++)
        {
            string text = i == Most - 1 && lines.Count > Most ? CellWidth.Fit(lines[i] + screen.Glyphs.Ellipsis, screen.Width - CellWidth.Of(head) - 2, screen.Glyphs.Ellipsis) : lines[i];
            screen.Line(new TextLine().Add(i == 0 ? head : below, Tone.Quiet).Add(i == 0 ? screen.Glyphs.Failed + " " : "  ", Tone.Bad).Add(text, Tone.Bad));
        }
    }

    /// <summary>A record of the log on one line: who wrote it stands in <c>tail</c> and JSON.</summary>
    private void ShowLog(LogEvent log, string head)
    {
        EventLabel label = EventLabel.Of(log, screen.Glyphs);
        screen.Cut(new TextLine().Add(head, Tone.Quiet).Add(label.Kind + " ", Tone.Quiet).Add(label.Name, label.Tone));
    }

    /// <summary>A bar from the start of the call to its end, on the scale of the session.</summary>
    private void AddTimeline(TextLine line, AgentEvent call, Tone tone)
    {
        int from = PositionOf(call.Start - start);
        int to = Math.Clamp(Math.Max(from + 1, PositionOf((call.End ?? start + whole) - start) + (call.End is null ? 1 : 0)), 1, _timeline);
        line.Add(new string(screen.Glyphs.Rest, from), Tone.Quiet);
        line.Add(to - from == 1 ? screen.Glyphs.Tick.ToString() : new string(screen.Glyphs.Bar, to - from), tone);
        line.Add(new string(screen.Glyphs.Rest, _timeline - to), Tone.Quiet);
    }

    private int PositionOf(TimeSpan offset) => whole <= TimeSpan.Zero ? 0 : (int)Math.Clamp(Math.Round(_timeline * (offset / whole)), 0, _timeline - 1);

    /// <summary>A chain as long as a recursion is deep is not to be walked by recursion.</summary>
    private static int CountOf(IReadOnlyList<CallTreeNode> roots)
    {
        int count = 0;
        var open = new Stack<CallTreeNode>(roots);
        while (open.TryPop(out CallTreeNode? node))
        {
            count++;
            foreach (CallTreeNode child in node.Children)
                open.Push(child);
        }
        return count;
    }
}
