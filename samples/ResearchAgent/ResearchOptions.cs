namespace ResearchAgent;

/// <summary>What to research, checked: the question is not blank and the folder exists.</summary>
/// <param name="Question">The question to answer.</param>
/// <param name="Folder">The folder whose documents answer it.</param>
/// <param name="JsonFile">Where the session is written to as JSON Lines; a file in the temporary folder when left out.</param>
internal sealed record ResearchOptions(string Question, string Folder, string? JsonFile)
{
    /// <summary>Asked when no question is given; the files of this repository answer it.</summary>
    public const string DefaultQuestion = "How do recorded events survive when the process is killed?";
}
