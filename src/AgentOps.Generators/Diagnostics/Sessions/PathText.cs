namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Writes a way through methods as people read it: <c>Main > Run > Search</c>. A long one keeps its beginning and its end.</summary>
internal static class PathText
{
    private const int Longest = 8;
    private const int KeptAtEnd = 4;

    public static string Of(List<string> path) => string.Join(" > ", path.Count <= Longest
        ? path
        : [.. path.Take(Longest - KeptAtEnd - 1), "…", .. path.Skip(path.Count - KeptAtEnd)]);
}
