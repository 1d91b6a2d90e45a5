namespace AgentOps.Extensions.AI.Calls;

/// <summary>Where in the source a recorder was put around something.</summary>
internal readonly record struct Place
{
    public Place(string file, int line)
    {
        // The name only: where the sources lay on the machine that built them is nobody's business.
        File = file is null ? "" : file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
        Line = line;
    }

    public string File { get; }

    public int Line { get; }
}
