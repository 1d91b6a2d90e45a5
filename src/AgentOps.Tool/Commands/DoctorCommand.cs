using System.CommandLine;
using AgentOps.Tool.Diagnosis;
using AgentOps.Tool.Json;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Commands;

/// <summary><c>doctor</c>: is all well with recording on this machine?</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private const int NameWidth = 12;

    protected override Command Create() =>
        Does(new Command("doctor", "Check directory, room, locks, damage, losses and versions; ends with 1 if something is wrong."), Run);

    private static int Run(ToolRun run)
    {
        IReadOnlyList<Finding> findings = new Examination(run).Make();
        int exitCode = findings.Any(static finding => finding.Level == FindingLevel.Bad) ? ExitCodes.Trouble : ExitCodes.Ok;
        if (run.IsJson)
            WriteJson(run, findings, exitCode);
        else
            WriteText(run.Screen, findings);
        return exitCode;
    }

    private static void WriteText(Screen screen, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            (string glyph, Tone tone) = finding.Level switch
            {
                FindingLevel.Good => (screen.Glyphs.Ok, Tone.Good),
                FindingLevel.Warning => (screen.Glyphs.Warning, Tone.Warn),
                FindingLevel.Bad => (screen.Glyphs.Failed, Tone.Bad),
                _ => (" ", Tone.Quiet),
            };
            IReadOnlyList<string> lines = WordWrap.Lines(SafeText.Line(finding.Text), screen.Width - NameWidth - 2);
            for (int i = 0; i < lines.Count; i++)
                screen.Line(new TextLine().Add(i == 0 ? glyph + " " : "  ", tone).Add(CellWidth.PadRight(i == 0 ? finding.Name : "", NameWidth), Tone.Quiet).Add(lines[i], finding.Level == FindingLevel.Bad ? Tone.Bad : Tone.Plain));
            if (finding.Mend is { } mend)
                screen.Wrapped(mend, new string(' ', NameWidth + 2), Tone.Quiet);
        }
        int bad = findings.Count(static finding => finding.Level == FindingLevel.Bad);
        int warnings = findings.Count(static finding => finding.Level == FindingLevel.Warning);
        screen.Line();
        string told = warnings > 0 ? $"{screen.Glyphs.Dot}{Counted.Of(warnings, "thing")} to know" : "";
        screen.Line(bad == 0 ? $"All is well{told}" : $"{Counted.Of(bad, "problem")}{told}", bad == 0 ? Tone.Good : Tone.Bad);
    }

    private static void WriteJson(ToolRun run, IReadOnlyList<Finding> findings, int exitCode) => run.WriteJson(json =>
    {
        json.WriteString("directory", run.Folder.Path);
        json.WriteBoolean("healthy", exitCode == ExitCodes.Ok);
        json.WriteObjects("findings", findings, finding =>
        {
            json.WriteString("check", finding.Name);
            json.WriteString("level", finding.Level.ToString().ToLowerInvariant());
            json.WriteString("text", finding.Text);
            json.WriteString("mend", finding.Mend);
        });
    });
}
