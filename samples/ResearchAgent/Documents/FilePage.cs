namespace ResearchAgent.Documents;

/// <summary>A part of a file.</summary>
/// <param name="File">The file, relative to the folder.</param>
/// <param name="StartLine">The number of the first line, from 1.</param>
/// <param name="TotalLines">How many lines the whole file has.</param>
/// <param name="Lines">The lines as they stand in the file.</param>
internal sealed record FilePage(string File, int StartLine, int TotalLines, IReadOnlyList<string> Lines);
