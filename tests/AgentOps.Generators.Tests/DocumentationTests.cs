using System.Text.RegularExpressions;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>The code that the documents show compiles, and is recorded as they say.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Programs => [.. CodeBlocks("README.md"), .. CodeBlocks("docs/what-is-recorded.md")];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_in_the_documents_compiles_as_it_stands(string program)
    {
        CSharpCompilation compilation = AsProgram(program);

        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);

        using var image = new MemoryStream();
        Assert.Empty(updated.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void First_program_in_the_readme_is_short_and_its_calls_are_recorded()
    {
        string program = CodeBlocks("README.md")[0];

        GeneratorDriverRunResult result = GeneratedProgram.CreateDriver()
            .RunGenerators(AsProgram(program), TestContext.Current.CancellationToken).GetRunResult();

        Assert.InRange(program.Split('\n').Count(static line => line.Trim().Length > 1), 1, 12);
        string generated = Assert.Single(result.GeneratedTrees, static tree => tree.FilePath.EndsWith("Readme.AgentOps.g.cs", StringComparison.Ordinal)).ToString();
        Assert.Equal(2, generated.Split("[InterceptsLocation(").Length - 1);
    }

    private static CSharpCompilation AsProgram(string program)
    {
        CSharpCompilation library = GeneratedProgram.Compile(("/project/Readme.cs", program));
        return library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication));
    }

    private static string[] CodeBlocks(string document)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot(), document)).ReplaceLineEndings("\n");
        string[] blocks = [.. CSharpBlock().Matches(text).Select(static match => match.Groups[1].Value)];
        return blocks.Length > 0 ? blocks : throw new InvalidOperationException($"{document} shows no C#.");
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOps.Generators.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
