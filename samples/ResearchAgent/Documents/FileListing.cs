namespace ResearchAgent.Documents;

/// <summary>The names of files.</summary>
/// <param name="Total">How many files there are; more than are listed if the list was cut.</param>
/// <param name="Files">The files, relative to the folder.</param>
internal sealed record FileListing(int Total, IReadOnlyList<string> Files);
