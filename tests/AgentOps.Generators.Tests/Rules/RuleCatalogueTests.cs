using System.Text.RegularExpressions;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>Every rule of the assembly has a page, a place in the tables, a test, and a way to mend what it reports.</summary>
public sealed partial class RuleCatalogueTests
{
    private static readonly string s_root = FindRoot();

    public static TheoryData<string> Ids => [.. AllAnalyzers.Rules.Select(static rule => rule.Id).Distinct()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_a_page_with_its_title_its_cause_an_example_a_fix_and_a_way_to_suppress_it(string id)
    {
        string page = Page(id);

        Assert.StartsWith($"# {id}: {Rule(id).Title}\n", page, StringComparison.Ordinal);
        Assert.Equal(["Cause", "Example", "Fix", "Suppress"], Heading().Matches(page).Select(static match => match.Groups[1].Value).Take(4));
        Assert.All(Heading().Split(page).Skip(1).Where(static (_, i) => i % 2 == 1), static text => Assert.True(text.Trim().Length > 5, text));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_links_to_its_page(string id) =>
        Assert.All(AllAnalyzers.Rules.Where(rule => rule.Id == id), static rule => Assert.Equal(RuleDescriptors.PageOf(rule.Id), rule.HelpLinkUri));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_stands_in_the_list_of_rules_with_its_severity(string id)
    {
        string row = Assert.Single(Read("docs/rules/README.md").Split('\n'), line => line.StartsWith($"| [{id}]({id}.md) |", StringComparison.Ordinal));

        string severity = Rule(id).DefaultSeverity.ToString().ToLowerInvariant();
        Assert.Contains($"| {severity}", row, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_is_tracked_by_a_release(string id)
    {
        string[] releases = [.. Directory.EnumerateFiles(Path.Combine(s_root, "src", "AgentOps.Generators"), "AnalyzerReleases.*.md").SelectMany(File.ReadAllLines)];

        string row = Assert.Single(releases, line => line.StartsWith(id + " ", StringComparison.Ordinal));
        Assert.Equal([id, Rule(id).Category, Rule(id).DefaultSeverity.ToString(), Rule(id).Title.ToString()], row.Split('|', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_has_a_test_that_marks_where_it_is_reported(string id)
    {
        string constant = typeof(RuleIds).GetFields().Single(field => (string)field.GetRawConstantValue()! == id).Name;
        bool IsTest(string text) => text.Contains($"{{|{id}:", StringComparison.Ordinal) || (text.Contains($"RuleIds.{constant}", StringComparison.Ordinal) && text.Contains("[|", StringComparison.Ordinal));

        Assert.Contains(
            Directory.EnumerateFiles(Path.Combine(s_root, "tests", "AgentOps.Generators.Tests"), "*.cs", SearchOption.AllDirectories),
            file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.EndsWith(nameof(RuleCatalogueTests) + ".cs", StringComparison.Ordinal) && IsTest(File.ReadAllText(file)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Example_of_the_page_is_reported_and_its_fix_is_not(string id)
    {
        string page = Page(id);
        string[] sections = Heading().Split(page);
        string? example = Block(sections[Array.IndexOf(sections, "Example") + 1]);
        string? mended = Block(sections[Array.IndexOf(sections, "Fix") + 1]);

        // What is a matter of project files is shown as such, and tested with them.
        if (example is null)
            Assert.Contains("```xml", page, StringComparison.Ordinal);
        else
            Assert.Contains(id, await ReportedFor(example));
        if (mended is not null)
            Assert.DoesNotContain(id, await ReportedFor(mended));
    }

    [Fact]
    public void Every_page_is_of_a_rule_or_of_what_builds_say()
    {
        // MSBuild itself says this one.
        string[] expected = [.. Ids.Select(static row => row.Data), "AOPS0405"];

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(s_root, "docs", "rules"), "AOPS*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
    }

    private static DiagnosticDescriptor Rule(string id) => AllAnalyzers.Rules.Where(rule => rule.Id == id).MaxBy(static rule => rule.DefaultSeverity)!;

    private static async Task<string[]> ReportedFor(string program)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Page.cs", program));
        if (compilation.SyntaxTrees[0].GetRoot().DescendantNodes().Any(static node => node is GlobalStatementSyntax))
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        // The generator completes what has no body; what calls are replaced by is of no concern here.
        return [.. (await AnalyzerVerifier.AnalyzeAsync(AllAnalyzers.Create(), GeneratedProgram.WithGenerated(compilation))).Select(static d => d.Id)];
    }

    private static string Page(string id) => Read($"docs/rules/{id}.md");

    private static string Read(string path) => File.ReadAllText(Path.Combine(s_root, path)).ReplaceLineEndings("\n");

    private static string? Block(string section) => CSharpBlock().Match(section) is { Success: true } match ? match.Groups[1].Value : null;

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOps.Generators.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^## (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
