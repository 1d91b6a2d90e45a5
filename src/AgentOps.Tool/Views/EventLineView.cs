using AgentOps.Events;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Views;

/// <summary>Events, each on a line, under a line for each day.</summary>
internal sealed class EventLineView
{
    private const int KindWidth = 6;
    private const int DurationWidth = 8;

    private readonly ToolRun _run;
    private readonly EventJson _json;
    private readonly int _idWidth;
    private string? _day;

    public EventLineView(ToolRun run, LogContent content)
    {
        _run = run;
        _json = new EventJson(content.Events);
        // Sessions that are not there yet differ from the others by their time of start.
        _idWidth = Math.Max(13, SessionNames.ShownLength(content.Sessions));
    }

    public void Show(AgentEvent e)
    {
        if (_run.IsJson)
            JsonOutput.WriteLine(_run.Environment.Output, json => _json.Write(json, e));
        else
            ShowLine(e);
    }

    private void ShowLine(AgentEvent e)
    {
        Screen screen = _run.Screen;
        DateTimeOffset moment = e.End ?? e.Start;
        if (_run.Time.Day(moment) is string day && day != _day)
        {
            screen.Line($"{day} ({_run.Time.ZoneName})", Tone.Quiet);
            _day = day;
        }
        EventLabel label = EventLabel.Of(e, screen.Glyphs);
        bool isBad = e is ErrorEvent or SessionEndEvent { IsCrash: true } or SessionEndEvent { EndState: EndState.Fail } || e.Status is EventStatus.Error or EventStatus.Interrupted;
        string mark = isBad ? screen.Glyphs.Failed : label.Mark.Length > 0 ? label.Mark : " ";
        screen.Cut(new TextLine()
            .Add(_run.Time.Clock(moment), Tone.Quiet).Add("  ")
            .Add(e.SessionId.ToString()[.._idWidth], Tone.Quiet).Add("  ")
            .Add(mark + " ", isBad ? Tone.Bad : Tone.Warn)
            .Add(CellWidth.PadRight(label.Kind, KindWidth), label.Tone).Add("  ")
            .Add(CellWidth.PadLeft(EventLabel.StatusOf(e), DurationWidth)).Add("  ")
            .Add(label.Name, isBad ? Tone.Bad : Tone.Plain)
            .Add(TailOf(e), Tone.Quiet));
    }

    private string TailOf(AgentEvent e) => e switch
    {
        LlmEvent { Usage: { } usage } llm =>
            $"  {Known(usage.InputTokens)}{_run.Screen.Glyphs.Arrow}{Known(usage.OutputTokens)} {MoneyText.Of(Pricing.PriceTable.Default.CostOf(llm).Usd)}",
        ErrorEvent => "",
        LogEvent log => $"  {log.Category}",
        { Site: { } site } => $"  {site}",
        _ => "",
    };

    private static string Known(long? count) => count is { } known ? Counted.Number(known) : MoneyText.Unknown;
}
