using System.Collections.Immutable;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>All analyzers over the sources of this repository: code that does nothing wrong hears nothing.</summary>
public sealed class OwnSourcesTests
{
    private static readonly string s_root = FindRoot();

    /// <summary>What is reported and right, each with its reason.</summary>
    private static readonly string[] s_justified =
    [
        // Short programs, whose names are those of their subject, and which no editor waits for.
        "tests/AgentOps.Benchmarks/Subjects/Calls.cs: AOPS0112 Every call of any 'Add'",
        "tests/AgentOps.TestAgent/Commands/BusyCommand.cs: AOPS0112 Every call of any 'Add'",
        "tests/AgentOps.TestAgent/Commands/ForkCommand.cs: AOPS0112 Every call of any 'Split'",
        // What it holds is of no interest: the test waits for it.
        "tests/AgentOps.TestAgent/Commands/BusyCommand.cs: AOPS0301 'holding'",
        // Models that are made up and count no tokens.
        "tests/AgentOps.TestAgent/Commands/MeterCommand.cs: AOPS0111 What 'Outer' returns",
        "tests/AgentOps.TestAgent/Commands/MeterCommand.cs: AOPS0111 What 'Refused' returns",
        "samples/AotAgent/WeatherAgent.cs: AOPS0111 What 'ChooseAsync' returns",
    ];

    /// <summary>Every project but the sample that is wrong on purpose.</summary>
    public static TheoryData<string> Projects =>
    [
        .. ((string[])["src", "samples", "tests"])
            .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(s_root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(static project => Path.GetRelativePath(s_root, Path.GetDirectoryName(project)!).Replace('\\', '/'))
            .Where(static project => !project.StartsWith("samples/Misuse", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Project_of_this_repository_is_told_nothing(string project)
    {
        CSharpCompilation compilation = Compile(project);

        // Some packages of the projects are not here, so not all of it compiles; the analyzers must cope with that, too.
        ImmutableArray<Diagnostic> reported = await compilation
            .WithAnalyzers(AllAnalyzers.Create(), new AnalyzerOptions([], new BuildProperties(new Dictionary<string, string>())))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        string[] heard = [.. reported.Where(static d => d.Severity != DiagnosticSeverity.Hidden).Select(Describe).Where(static d => !s_justified.Any(known => d.StartsWith(known, StringComparison.Ordinal)))];
        Assert.True(heard.Length == 0, string.Join('\n', heard));
    }

    private static CSharpCompilation Compile(string project)
    {
        string folder = Path.Combine(s_root, project);
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Replace('\\', '/').Split('/').Any(static part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);
        CSharpCompilation compilation = GeneratedProgram.Compile([.. files.Select(static file => (Path.GetRelativePath(s_root, file), File.ReadAllText(file))), ("Implicit.cs", ImplicitUsings(project))]);
        string own = Path.GetFileName(project) + ".dll";
        return compilation
            .WithAssemblyName(Path.GetFileName(project))
            .WithReferences(GeneratedProgram.References.Where(reference => Path.GetFileName(reference.Display) != own));
    }

    private static string ImplicitUsings(string project) =>
        $"global using System.IO; global using System.Net.Http;{(project.EndsWith(".Tests", StringComparison.Ordinal) ? " global using Xunit;" : "")}";

    private static string Describe(Diagnostic diagnostic) =>
        $"{diagnostic.Location.SourceTree?.FilePath.Replace('\\', '/')}: {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOps.Generators.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
