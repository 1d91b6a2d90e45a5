namespace ResearchAgent.Documents;

/// <summary>A line that matches a search.</summary>
/// <param name="File">The file, relative to the folder.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Text">The line, without its indentation.</param>
/// <param name="Score">How well it matches; only comparable within one search.</param>
internal sealed record SearchHit(string File, int Line, string Text, double Score);
