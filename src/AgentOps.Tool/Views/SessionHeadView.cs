using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>What there is to know of a session at a glance; what failed stands first.</summary>
internal sealed class SessionHeadView(ToolRun run)
{
    private const string Gap = "  ";

    private readonly Screen _screen = run.Screen;

    public void Show(SessionInfo session, SessionAnalytics analytics, IReadOnlyList<AgentEvent> events)
    {
        string state = SessionState.Of(session);
        Tone tone = SessionState.ToneOf(state);
        string times = run.Time.Full(session.StartedAt);
        string duration = DurationText.Of(analytics.Duration);
        TextLine title = new TextLine().Add($"{SessionState.GlyphOf(state, _screen.Glyphs)} {state}", tone).Add(Gap);
        int room = _screen.Width - title.Width - duration.Length - times.Length - (2 * Gap.Length);
        title.Add(_screen.Fit(session.Name ?? "unnamed session", Math.Max(8, room)), Tone.Strong).Add(Gap).Add(duration);
        _screen.Cut(title.PadTo(_screen.Width - times.Length - Gap.Length).Add(Gap).Add(times, Tone.Quiet));
        ShowFailure(session, events, tone);
        _screen.Cut(new TextLine().Add(session.Id.ToString(), Tone.Quiet).Add(session.Tags.Count > 0 ? _screen.Glyphs.Dot + string.Join(", ", session.Tags) : "", Tone.Quiet));
        _screen.Cut(TotalsOf(analytics, _screen));
        if (session.Metrics.Count > 0)
            _screen.Cut(TextLine.Of(string.Join(_screen.Glyphs.Dot, session.Metrics.Select(static m => $"{m.Key} {m.Value}")), Tone.Quiet));
    }

    private void ShowFailure(SessionInfo session, IReadOnlyList<AgentEvent> events, Tone tone)
    {
        const string Margin = Gap;
        if (session.Reason is { Length: > 0 } reason)
            _screen.Wrapped(reason, Margin, tone, maxLines: 4);
        if (session.EndState == EndState.Success)
            return;
        if (events.OfType<ErrorEvent>().LastOrDefault() is { } last && session.Reason?.Contains(last.Details ?? "\0", StringComparison.Ordinal) != true)
            _screen.Wrapped(ErrorText.Of(last), Margin, Tone.Bad, maxLines: 4);
        if (events.FirstOrDefault(static e => e.Status == EventStatus.Error && e.Site is not null) is { } failed)
            _screen.Cut(new TextLine().Add(Margin).Add($"first failure: {failed.DisplayName} at {failed.Site}", Tone.Quiet));
        foreach (AgentEvent open in events.Where(static e => e.Status == EventStatus.Interrupted).Take(3))
            _screen.Cut(new TextLine().Add(Margin).Add($"in the middle of: {open.DisplayName}{(open.Site is { } site ? $" at {site}" : "")}", Tone.Quiet));
    }

    public static TextLine TotalsOf(EventAnalytics analytics, Screen screen)
    {
        Glyphs glyphs = screen.Glyphs;
        EventCounts counts = analytics.Counts;
        (int Count, string Name)[] kinds = [(counts.Llms, "LLM call"), (counts.Tools, "tool call"), (counts.Actions, "action")];
        var line = new TextLine().Add(string.Join(glyphs.Dot, kinds.Where(static kind => kind.Count > 0).Select(static kind => Counted.Of(kind.Count, kind.Name))));
        if (counts.Errors > 0)
            line.Add(line.Width > 0 ? glyphs.Dot : "").Add(Counted.Of(counts.Errors, "error"), Tone.Bad);
        UsageTotal usage = analytics.Usage;
        if (usage.Calls == 0)
            return line;
        string tokens = usage.Tokens is { InputTokens: null, OutputTokens: null }
            ? "tokens unknown"
            : $"{CountOf(usage.Tokens.InputTokens)} in, {CountOf(usage.Tokens.OutputTokens)} out";
        line.Add(glyphs.Dot).Add(tokens).Add(glyphs.Dot).Add(usage.Cost.KnownCalls > 0 ? MoneyText.Of(usage.Cost) : "cost unknown");
        if (usage.Cost is { UnknownCalls: > 0, KnownCalls: > 0 })
        {
            // The plus behind the sum says it too, where there is no room.
            var unknown = TextLine.Of($" ({usage.Cost.UnknownCalls:N0} unknown)", Tone.Warn);
            if (line.Width + unknown.Width <= screen.Width)
                line.Add(unknown);
        }
        return line;
    }

    private static string CountOf(long? count) => count is { } known ? Counted.Number(known) : MoneyText.Unknown;
}
