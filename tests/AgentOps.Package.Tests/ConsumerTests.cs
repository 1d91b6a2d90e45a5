using System.Text.Json;
using AgentOps.Events;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>New projects that use the package as a user would: restored from a feed, built and run.</summary>
public sealed class ConsumerTests(PackedPackage package)
{
    private const string PackageReference = $"""<PackageReference Include="AgentOps" Version="{PackedPackage.Version}" />""";

    private const string Agent =
        """
        using AgentOps;

        internal static class Program
        {
            private static void Main()
            {
                using Session session = Session.Start();
                Func<int, int> group = Tools.Twice;
                Console.WriteLine(Tools.Twice(4) + group(1));
                session.End(EndState.Success);
            }
        }
        """;

    private const string Tools =
        """
        using AgentOps;

        public static class Tools
        {
            [RecordTool("twice")] public static int Twice(int n) => 2 * n;
        }
        """;

    [Fact]
    public async Task Project_that_references_the_package_is_recorded()
    {
        Workspace work = new Workspace(package, "direct").Add("Direct", Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal), PackageReference);

        string built = await work.BuildAsync("Direct");

        Assert.Contains("AgentOps: recorded 1 of 2 calls in Direct; 1 not: 1 method group (AOPS0201); see obj/Debug/net10.0/AgentOps.report.json", built, StringComparison.Ordinal);
        Assert.Contains("warning AOPS0201", built, StringComparison.Ordinal);
        // Editors load it; the compiler has nothing to say of it.
        Assert.DoesNotContain("AgentOps.CodeFixes", built, StringComparison.Ordinal);
        ToolEvent call = Assert.IsType<ToolEvent>(Assert.Single(await work.RunAsync("Direct")));
        Assert.Equal(("twice", "4", "8"), (call.DisplayName, Argument(call), call.Returns?.ToString()));
    }

    [Fact]
    public async Task Mends_come_with_the_package()
    {
        Workspace work = new Workspace(package, "mended").Add("Mended", Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal), PackageReference);
        await work.BuildAsync("Mended");

        await Command.DotnetAsync(Path.Combine(work.Folder, "Mended"), "format", "analyzers", "--diagnostics", "AOPS0201", "--no-restore");

        Assert.Equal(
            (Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal)).Replace("group = Tools.Twice;", "group = n => Tools.Twice(n);", StringComparison.Ordinal),
            await File.ReadAllTextAsync(work.FileOf("Mended", "Code.cs"), TestContext.Current.CancellationToken));
        Assert.DoesNotContain("AOPS0201", await work.BuildAsync("Mended", "--no-restore"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_that_gets_the_package_through_another_is_recorded()
    {
        Workspace work = new Workspace(package, "transitive")
            .Add("Library", Tools + "public static class Inside { public static int Use() => Tools.Twice(3); }", PackageReference)
            .Add("App", Agent.Replace("Console.", "Inside.Use(); Console.", StringComparison.Ordinal), """<ProjectReference Include="../Library/Library.csproj" />""");

        string built = await work.BuildAsync("App");

        Assert.Contains("AgentOps: recorded 1 of 1 call in Library; see ", built, StringComparison.Ordinal);
        Assert.Contains("AgentOps: recorded 1 of 2 calls in App; 1 not: 1 method group (AOPS0201); see ", built, StringComparison.Ordinal);
        Assert.Equal(["3", "4"], (await work.RunAsync("App")).OfType<ToolEvent>().Select(Argument));
    }

    [Fact]
    public async Task Scorecard_follows_the_builds()
    {
        Workspace work = new Workspace(package, "again").Add("Again", Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal), PackageReference);
        string report = work.FileOf("Again", "obj/Debug/net10.0/AgentOps.report.json");
        await work.BuildAsync("Again");
        Assert.Equal(["AOPS0201", "recorded"], Outcomes(report));

        string unchanged = await work.BuildAsync("Again", "--no-restore");
        Assert.DoesNotContain("AgentOps: recorded", unchanged, StringComparison.Ordinal);
        Assert.Equal(["AOPS0201", "recorded"], Outcomes(report));

        work.Write("Again", "internal static class Program { [AgentOps.RecordTool(\"100% @(a);$(b)\")] public static int One() => 1; private static void Main() => One(); }");
        string changed = await work.BuildAsync("Again", "--no-restore", "-p:AgentOpsScorecard=warning");
        Assert.Contains("warning AOPS0405: AgentOps: recorded 1 of 1 call in Again; see ", changed, StringComparison.Ordinal);
        Assert.Equal("100% @(a);$(b)", Calls(report)[0].GetProperty("name").GetString());

        work.Write("Again", "internal static class Program { private static void Main() { } }");
        string empty = await work.BuildAsync("Again", "--no-restore");
        Assert.DoesNotContain("AgentOps:", empty, StringComparison.Ordinal);
        Assert.Empty(Calls(report));
    }

    [Fact]
    public async Task Scorecard_and_recording_can_be_switched_off()
    {
        Workspace work = new Workspace(package, "off").Add("Off", Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal), PackageReference);

        string quiet = await work.BuildAsync("Off", "-p:AgentOpsScorecard=false");
        Assert.DoesNotContain("AgentOps: recorded", quiet, StringComparison.Ordinal);
        Assert.False(Directory.Exists(work.FileOf("Off", "obj/Debug/net10.0/generated")));
        Assert.Single(await work.RunAsync("Off"));

        string off = await work.BuildAsync("Off", "--no-restore", "--no-incremental", "-p:AgentOpsRecording=false");
        Assert.DoesNotContain("AOPS", off, StringComparison.Ordinal);
        Assert.DoesNotContain("AgentOps: recorded", off, StringComparison.Ordinal);
        Assert.Single(await work.RunAsync("Off"));
    }

    [Fact]
    public async Task Compiler_that_does_not_load_the_generator_is_an_error()
    {
        Workspace work = new Workspace(package, "compiler").Add("Compiler", Agent + Tools.Replace("using AgentOps;", "", StringComparison.Ordinal), PackageReference);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => work.BuildAsync("Compiler", "-p:CompilerApiVersion=roslyn4.13"));

        Assert.Contains("error AOPS0403: No call in this project is recorded: the generator needs a compiler of version 4.14, and this is 4.13; ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AOPS0403", await work.BuildAsync("Compiler", "-p:CompilerApiVersion=roslyn4.13", "-p:AgentOpsRecording=false"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advice_of_others_that_recording_forbids_is_not_given()
    {
        Workspace work = new Workspace(package, "advice").Add(
            "Advice",
            """
            using AgentOps;

            public partial class Library
            {
                [RecordTool] public partial IReadOnlyList<int> Find(int unused);
                private IReadOnlyList<int> FindCore(int unused) => new List<int> { 1 };
                public IReadOnlyList<int> Use() => SeekCore(1);
                private IReadOnlyList<int> SeekCore(int unused) => new List<int> { 1 };
            }

            public static class Lambdas
            {
                [RecordTool] public static int Twice(int n) => 2 * n;
                public static int Thrice(int n) => 3 * n;
                public static IEnumerable<int> Recorded(int[] all) => all.Select(n => Twice(n));
                public static IEnumerable<int> Plain(int[] all) => all.Select(n => Thrice(n));
            }

            public sealed class Bag : System.Collections.IEnumerable
            {
                private int _sum; [RecordAction] public void Add(int n) => _sum += n;
                public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
                public static Bag Filled() { Bag bag = new(); bag.Add(1); return bag; }
                public static List<int> Others() { List<int> list = new(); list.Add(1); return list; }
            }
            """,
            PackageReference);
        await File.WriteAllTextAsync(
            Path.Combine(work.Folder, ".editorconfig"),
            "root = true\n[*.cs]\n" + string.Concat(((string[])["CA1822", "CA1859", "IDE0060", "IDE0200", "IDE0028"]).Select(static id => $"dotnet_diagnostic.{id}.severity = warning\n")),
            TestContext.Current.CancellationToken);

        string built = await work.BuildAsync("Advice", "-p:AnalysisLevel=latest", "-p:EnforceCodeStyleInBuild=true");

        // What is given for the like of it that has nothing to do with recording shows that it would have been.
        Assert.Equal(
            ["16 IDE0200", "24 IDE0028", "6 IDE0028", "8 CA1822", "8 CA1859", "8 IDE0028", "8 IDE0060"],
            System.Text.RegularExpressions.Regex.Matches(built, @"Code\.cs\((\d+),\d+\): warning (CA1822|CA1859|IDE0060|IDE0200|IDE0028)").Select(static match => $"{match.Groups[1]} {match.Groups[2]}").Distinct().Order(StringComparer.Ordinal));
    }

    private static string Argument(AgentEvent call) => Assert.Single(call.Params).Value.ToString();

    private static JsonElement[] Calls(string report) => [.. JsonElement.Parse(File.ReadAllText(report)).GetProperty("calls").EnumerateArray()];

    private static IEnumerable<string?> Outcomes(string report) => Calls(report).Select(static call => call.GetProperty("outcome").GetString()).Order();
}
