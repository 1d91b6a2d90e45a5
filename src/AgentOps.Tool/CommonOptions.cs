using System.CommandLine;

namespace AgentOps.Tool;

/// <summary>The options that every command takes.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Directory { get; } = new("--directory", "-d")
    {
        Description = "A log's directory, or the folder that holds logs. Else AGENTOPS_LOG_DIRECTORY, else the recorder's default.",
        HelpName = "folder",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Write JSON instead of text.", Recursive = true };

    public Option<bool> Utc { get; } = new("--utc") { Description = "Show and read times in UTC.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours. They are off anyway when piped or with NO_COLOR.", Recursive = true };

    public Option<bool> Ascii { get; } = new("--ascii") { Description = "Draw with ASCII only.", Recursive = true };

    public Option<int?> Width { get; } = new("--width") { Description = "How many columns to use, from 40 to 160.", HelpName = "columns", Recursive = true };

    public CommonOptions()
    {
        Width.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string text }] && int.TryParse(text, out int columns) && columns is < 40 or > 160)
                result.AddError($"--width {columns} is out of range. Give 40 to 160 columns.");
        });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Directory, Json, Utc, NoColor, Ascii, Width])
            command.Add(option);
    }
}
