using System.CommandLine;
using AgentOps.Events;
using AgentOps.Tool.Export;
using AgentOps.Tool.Json;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Commands;

/// <summary><c>recover</c>: what damaged logs and those of dead processes still hold, and what is lost.</summary>
internal sealed class RecoverCommand : ToolCommand
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write all events that can be read of these logs to this file, as JSON Lines.", HelpName = "file" };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "List logs of living processes and sound ones too." };

    protected override Command Create()
    {
        var command = new Command("recover", "Read the logs of dead processes and damaged ones: what is there, what is lost. Changes nothing.");
        command.Add(_output);
        command.Add(_all);
        return Does(command, (run, cancellationToken) => Task.FromResult(Run(run, cancellationToken)));
    }

    private int Run(ToolRun run, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogSurvey> logs = LogSurvey.Below(run.Folder);
        LogSurvey[] listed = run.Get(_all) ? [.. logs] : [.. logs.Where(static log => log.IsDamaged || (!log.IsLive && (log.Crashed > 0 || log.Interrupted > 0)))];
        string? file = Save(run, listed, cancellationToken);
        if (run.IsJson)
            WriteJson(run, logs.Count, listed, file);
        else
            WriteText(run, logs.Count, listed, file);
        return listed.Any(static log => log.IsDamaged) ? ExitCodes.Trouble : ExitCodes.Ok;
    }

    private string? Save(ToolRun run, LogSurvey[] listed, CancellationToken cancellationToken)
    {
        if (run.Get(_output) is not { } output)
            return null;
        if (string.IsNullOrWhiteSpace(output) || Directory.Exists(output))
            throw ToolException.BadUsage($"--output '{output}' is no file. Name a file.");
        var export = new FileExport(output, EventFormats.JsonLines);
        try
        {
            export.Write([.. listed.SelectMany(static log => log.Events).OrderBy(static e => e.Start)], static (_, _) => { }, static _ => { }, cancellationToken);
            return export.Path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.CannotRead($"'{export.Path}' cannot be written: {e.Message} Make room or name another file.");
        }
    }

    private static void WriteText(ToolRun run, int all, LogSurvey[] listed, string? file)
    {
        Screen screen = run.Screen;
        if (listed.Length == 0)
            screen.Line($"{screen.Glyphs.Ok} {(all == 0 ? $"There are no logs in {run.Folder.Path}." : $"{Counted.Of(all, "log")} in {run.Folder.Path}: all can be read, and every session has an end or goes on.")}", Tone.Good);
        for (int i = 0; i < listed.Length; i++)
        {
            if (i > 0)
                screen.Line();
            WriteLog(run, listed[i]);
        }
        if (listed.Length > 0)
        {
            screen.Line();
            int damaged = listed.Count(static log => log.IsDamaged);
            screen.Line(
                $"{Counted.Of(listed.Length, "log")} of {all:N0} shown{screen.Glyphs.Dot}{(damaged == 0 ? "nothing that was recorded is lost" : $"{damaged:N0} with losses")}",
                damaged == 0 ? Tone.Good : Tone.Bad);
        }
        if (file is not null)
            screen.Line($"{Counted.Of(listed.Sum(static log => log.Events.Count), "event")} written to {file}");
    }

    private static void WriteLog(ToolRun run, LogSurvey log)
    {
        Screen screen = run.Screen;
        (string glyph, Tone tone) = log.IsDamaged ? (screen.Glyphs.Failed, Tone.Bad) : log.Crashed > 0 ? (screen.Glyphs.Crashed, Tone.Warn) : (screen.Glyphs.Ok, Tone.Good);
        string shown = Path.GetRelativePath(run.Folder.Path, log.Directory);
        screen.Line(new TextLine().Add(glyph + " ", tone).Add(shown == "." ? log.Directory : shown, Tone.Strong));
        string owner = log.ProcessId is { } process ? $"process {process}" : "its process";
        screen.Cut(TextLine.Of(
            $"  {(log.StartedAt is { } start ? run.Time.Full(start) + screen.Glyphs.Dot : "")}{owner} {(log.IsLive ? "lives" : "is gone")}{screen.Glyphs.Dot}{Counted.Of(log.Segments, "segment")}, {Counted.Bytes(log.Bytes)}", Tone.Quiet));
        int calls = log.Events.Count(static e => e is ActionEvent or ToolEvent or LlmEvent);
        screen.Line($"  found  {Counted.Of(log.Sessions.Count, "session")}, {Counted.Of(log.Events.Count, "event")}, {Counted.Of(calls, "call")} among them");
        if (log.Crashed > 0)
            screen.Line(new TextLine().Add("  ended  ").Add($"{Counted.Of(log.Crashed, "session")} by a crash", Tone.Warn).Add(log.Interrupted > 0 ? $", {Counted.Of(log.Interrupted, "call")} in the middle" : "", Tone.Warn));
        foreach (string problem in log.Problems)
            screen.Wrapped("lost   " + problem, "  ", Tone.Bad);
        if (log.DamagedFrames > 0)
            screen.Line($"  lost   {Counted.Of(log.DamagedFrames, "damaged record")}, passed over", Tone.Bad);
        foreach ((string reason, long count) in log.Losses)
            screen.Line($"  {(LogSurvey.IsByDesign(reason) ? "note " : "lost ")}  {Counted.Number(count)} {LossText.Of(reason)}", LogSurvey.IsByDesign(reason) ? Tone.Quiet : Tone.Bad);
    }

    private static void WriteJson(ToolRun run, int all, LogSurvey[] listed, string? file) => run.WriteJson(json =>
    {
        json.WriteString("directory", run.Folder.Path);
        json.WriteNumber("logs_found", all);
        json.WriteObjects("logs", listed, log =>
        {
            json.WriteString("directory", log.Directory);
            json.WriteBoolean("live", log.IsLive);
            json.WriteCount("process_id", log.ProcessId);
            json.WriteTime("started_at", log.StartedAt);
            json.WriteNumber("segments", log.Segments);
            json.WriteNumber("bytes", log.Bytes);
            json.WriteNumber("sessions", log.Sessions.Count);
            json.WriteNumber("crashed_sessions", log.Crashed);
            json.WriteNumber("events", log.Events.Count);
            json.WriteNumber("interrupted_calls", log.Interrupted);
            json.WriteNumber("damaged_records", log.DamagedFrames);
            json.WriteCounts("losses", log.Losses);
            json.WriteTexts("problems", log.Problems);
            json.WriteBoolean("damaged", log.IsDamaged);
        });
        json.WriteString("output", file);
    });
}
