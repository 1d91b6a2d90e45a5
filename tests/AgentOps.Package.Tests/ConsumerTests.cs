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
        ToolEvent call = Assert.IsType<ToolEvent>(Assert.Single(await work.RunAsync("Direct")));
        Assert.Equal(("twice", "4", "8"), (call.DisplayName, Argument(call), call.Returns?.ToString()));
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

    private static string Argument(AgentEvent call) => Assert.Single(call.Params).Value.ToString();

    private static JsonElement[] Calls(string report) => [.. JsonElement.Parse(File.ReadAllText(report)).GetProperty("calls").EnumerateArray()];

    private static IEnumerable<string?> Outcomes(string report) => Calls(report).Select(static call => call.GetProperty("outcome").GetString()).Order();
}
