namespace ResearchAgent.Documents;

/// <summary>A text file of the library.</summary>
/// <param name="Path">The file relative to the folder, with forward slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record Document(string Path, IReadOnlyList<string> Lines);
