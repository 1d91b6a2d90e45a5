using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Export;

/// <summary>How far an export is, on standard error: one line that moves in a terminal, none in a file.</summary>
internal sealed class ProgressLine(ToolRun run, long all)
{
    private const int BarWidth = 30;

    private readonly bool _moves = !run.Environment.IsErrorRedirected && run.Environment.Variable("TERM") != "dumb";
    private bool _isShown;

    public void Show(long done)
    {
        if (!_moves || all == 0)
            return;
        int filled = (int)(BarWidth * done / all);
        Glyphs glyphs = run.Errors.Glyphs;
        run.Environment.Error.Write($"\r{new string(glyphs.Bar, filled)}{new string(glyphs.Rest, BarWidth - filled)} {100 * done / all,3} %  {Counted.Number(done)} of {Counted.Of(all, "event")}");
        run.Environment.Error.Flush();
        _isShown = true;
    }

    /// <summary>Makes room for what comes.</summary>
    public void End()
    {
        if (_isShown)
            run.Environment.Error.WriteLine();
        _isShown = false;
    }
}
