namespace ResearchAgent;

/// <summary>Finds the repository that the program was started in, or else lies in.</summary>
internal static class RepositoryFolder
{
    public const string Marker = "AgentOps.Generators.sln";

    public static string? Find() => FindAbove(Directory.GetCurrentDirectory()) ?? FindAbove(AppContext.BaseDirectory);

    public static string? FindAbove(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
                return folder.FullName;
        }
        return null;
    }
}
