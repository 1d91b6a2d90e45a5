using System.Globalization;
using System.Text.RegularExpressions;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>The sample in which everything is wrong: a build says of each fault what the file beside it says.</summary>
/// <param name="package">Was packed before: what the sample references is built with it, and not again beside other tests.</param>
public sealed partial class MisuseTests(PackedPackage package)
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples", "Misuse");

    [Fact]
    public async Task Build_says_what_is_written_beside_the_sample()
    {
        Assert.True(Directory.Exists(package.Feed));
        string[] expected = await File.ReadAllLinesAsync(Path.Combine(s_folder, "build-output.txt"), TestContext.Current.CancellationToken);

        string[] actual = Reported(await Command.DotnetAsync(
            Repository.Root,
            "build", "samples/Misuse/Misuse.slnx", "-c", "Release", "--no-incremental", "--nologo", "-tl:off", "-m:1", "-p:BuildProjectReferences=false", "-p:UseSharedCompilation=false"));

        Assert.True(expected.SequenceEqual(actual), "The build says something else than build-output.txt:\n" + string.Join('\n', actual));
    }

    [Fact]
    public void Every_rule_that_has_a_page_is_broken_at_least_once()
    {
        string[] rules = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules"), "AOPS*.md").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        string shown = File.ReadAllText(Path.Combine(s_folder, "build-output.txt"));

        Assert.DoesNotContain(rules, rule => !shown.Contains($"warning {rule}: ", StringComparison.Ordinal));
    }

    /// <summary>What our rules say in the order of places, without machine, project and link to the page.</summary>
    private static string[] Reported(string output) =>
    [
        .. Warning().Matches(output.ReplaceLineEndings("\n"))
            .Select(static match => (
                Path: Path.GetRelativePath(s_folder, match.Groups["path"].Value).Replace('\\', '/'),
                Line: int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
                Column: int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture),
                Text: match.Groups["text"].Value))
            .Distinct()
            .OrderBy(static warning => warning.Path, StringComparer.Ordinal).ThenBy(static warning => warning.Line).ThenBy(static warning => warning.Column).ThenBy(static warning => warning.Text, StringComparer.Ordinal)
            .Select(static warning => string.Create(CultureInfo.InvariantCulture, $"{warning.Path}({warning.Line},{warning.Column}): {warning.Text}")),
    ];

    [GeneratedRegex(@"^\s*(?<path>[^(\n]+)\((?<line>\d+),(?<column>\d+)\): (?<text>(?:warning|error) AOPS\d+: .*?)(?: \(https://[^)\n]*\))?(?: \[[^\]\n]*proj[^\]\n]*\])?$", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
