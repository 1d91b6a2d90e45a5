using System.CommandLine;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Tool.Export;
using AgentOps.Tool.Logs;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Commands;

/// <summary><c>export</c>: events to a file or to standard output.</summary>
internal sealed class ExportCommand : ToolCommand
{
    protected override Command Create()
    {
        var command = new Command("export", "Write events for other programs, to a file or to standard output.");
        command.Add(CreateFormat(EventFormats.JsonLines, "JSON Lines: one object a line, with the fields of docs/json-lines.md."));
        command.Add(CreateFormat(EventFormats.Csv, "CSV: one line an event, for spreadsheets."));
        return command;
    }

    private Command CreateFormat(string format, string description)
    {
        var filter = new SessionFilterOptions();
        var output = new Option<string?>("--output", "-o") { Description = "The file, which appears when it is whole; an interrupted export goes on. Standard output when left out.", HelpName = "file" };
        Argument<string[]> sessions = SessionArgument<string[]>("The sessions: ids, beginnings of them, or 'last'; all that the options choose when left out.", ArgumentArity.ZeroOrMore);
        var command = new Command(format, description);
        command.Add(sessions);
        command.Add(output);
        filter.AddTo(command);
        return Does(command, (run, cancellationToken) => Task.FromResult(Run(run, format, run.Get(sessions) ?? [], filter.Of(run), run.Get(output), cancellationToken)));
    }

    private static int Run(ToolRun run, string format, string[] typed, SessionFilter filter, string? output, CancellationToken cancellationToken)
    {
        if (typed.Length > 0 && !filter.IsAny)
            throw ToolException.BadUsage("Give sessions, or options that choose sessions, not both.");
        if (output is not null && (string.IsNullOrWhiteSpace(output) || Directory.Exists(output)))
            throw ToolException.BadUsage($"--output '{output}' is no file. Name a file.");
        if (output is null && run.IsJson)
            throw ToolException.BadUsage("--json tells what was exported, so the export itself needs a file: add --output.");
        LogContent content = run.Folder.Read();
        IReadOnlyList<AgentEvent> events = EventsOf(content, typed, filter, run);
        run.WarnOf(content);
        if (output is null)
            WriteToOutput(run, format, events, cancellationToken);
        else
            WriteToFile(run, new FileExport(output, format), format, events, cancellationToken);
        return ExitCodes.Ok;
    }

    private static IReadOnlyList<AgentEvent> EventsOf(LogContent content, string[] typed, SessionFilter filter, ToolRun run)
    {
        if (typed.Length == 0 && filter.IsAny)
            return content.Events;
        HashSet<Guid> wanted = typed.Length > 0
            ? [.. typed.Select(session => SessionNames.Find(session, content.Sessions, run.Folder).Id)]
            : [.. content.Sessions.Where(filter.Matches).Select(static session => session.Id)];
        return [.. content.Events.Where(e => wanted.Contains(e.SessionId))];
    }

    private static void WriteToOutput(ToolRun run, string format, IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        IEventFormat encoder = EventFormats.Of(format, CountedCalls.Of(events));
        try
        {
            using var output = new BufferedStream(run.Environment.OpenOutput(), 64 * 1024);
            output.Write(encoder.Head.Span);
            foreach (AgentEvent e in events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                output.Write(encoder.Encode(e).Span);
            }
            output.Flush();
        }
        finally
        {
            (encoder as IDisposable)?.Dispose();
        }
    }

    private static void WriteToFile(ToolRun run, FileExport export, string format, IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(run, events.Count);
        var start = ExportStart.Anew;
        int before = 0;
        try
        {
            export.Write(
                events,
                (how, written) =>
                {
                    (start, before) = (how, written);
                    if (how == ExportStart.Resumed)
                        run.Errors.Line($"Going on with an interrupted export: {Counted.Of(written, "event")} are there already.", Tone.Quiet);
                    else if (how == ExportStart.Changed)
                        run.Errors.Line("The events to export have changed since the interrupted export, so this one begins anew.", Tone.Quiet);
                    progress.Show(written);
                },
                done => progress.Show(done),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            progress.End();
            run.Errors.Line($"Interrupted; the same command goes on with '{export.Partial}'.", Tone.Warn);
            throw;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            progress.End();
            throw ToolException.CannotRead($"'{export.Path}' cannot be written: {e.Message} Make room or name another file; the same command then goes on.");
        }
        progress.End();
        if (run.IsJson)
        {
            run.WriteJson(json =>
            {
                json.WriteString("file", export.Path);
                json.WriteString("format", format);
                json.WriteNumber("events", events.Count);
                json.WriteNumber("bytes", new FileInfo(export.Path).Length);
                json.WriteBoolean("resumed", start == ExportStart.Resumed);
                json.WriteNumber("events_from_before", before);
            });
        }
        else
        {
            run.Errors.Line($"{Counted.Of(events.Count, "event")}, {Counted.Bytes(new FileInfo(export.Path).Length)} written to {export.Path}");
        }
    }
}
