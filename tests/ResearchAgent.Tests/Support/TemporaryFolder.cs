using ResearchAgent.Documents;

namespace ResearchAgent.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("research-agent-tests-").FullName;

    /// <summary>A folder with a few documents on the subject of the tests' question, and some that are not.</summary>
    public static TemporaryFolder WithDocuments()
    {
        var folder = new TemporaryFolder();
        folder.Write("README.md", """
            # Lighthouse

            A lamp for ships.
            """);
        folder.Write("docs/lamp.md", """
            # The lamp

            The lamp turns once in ten seconds. When the power fails, the lamp
            is fed by a battery, so that ships still see it through the storm.

            It is cleaned every week.
            """);
        folder.Write("docs/keeper.md", """
            # The keeper

            The keeper sleeps by day.
            In a storm the keeper checks the battery of the lamp every hour.
            """);
        folder.Write("src/Lamp.cs", """
            namespace Lighthouse;

            /// <summary>Switches to the battery when the power fails.</summary>
            internal sealed class Lamp;
            """);
        return folder;
    }

    /// <summary>What those documents answer.</summary>
    public const string Question = "What feeds the lamp when the power fails in a storm?";

    public string Write(string relativePath, string text)
    {
        string path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public DocumentLibrary OpenLibrary() => DocumentLibrary.Open(Path, TestContext.Current.CancellationToken);

    public string Combine(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
