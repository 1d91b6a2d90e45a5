using System.Collections.Immutable;
using System.Text.Json;
using AgentOps.Generators.Diagnostics;
using AgentOps.Generators.Report;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>The report of a build: its line, its list of calls, and that it counts what the analyzer reports.</summary>
public sealed class ScorecardTests
{
    private static readonly Dictionary<string, string> s_wanted = new() { ["ProjectDir"] = "/project/", ["AgentOpsReport"] = "true" };

    [Theory]
    [InlineData("_ = Do();", "recorded 1 of 1 call in Agent")]
    [InlineData("_ = Do(); _ = Do();", "recorded 2 of 2 calls in Agent")]
    [InlineData("_ = Do(); Func<int> f = Do;", "recorded 1 of 2 calls in Agent; 1 not: 1 method group (AOPS0201)")]
    [InlineData("Func<int> f = Do, g = Do; dynamic d = 1; d.Do(); _ = Do();", "recorded 1 of 4 calls in Agent; 3 not: 2 method groups (AOPS0201), 1 dynamic call (AOPS0204)")]
    [InlineData("_ = ((Func<int>)([DoNotRecord] () => Do()))(); _ = Do();", "recorded 1 of 1 call in Agent; 1 left out by [DoNotRecord]")]
    [InlineData("Func<int> f = [DoNotRecord] () => Do();", "recorded 0 of 0 calls in Agent; 1 left out by [DoNotRecord]")]
    public void Line_counts_what_is_recorded_and_why_the_rest_is_not(string body, string line)
    {
        string report = Report("static class Tools { [RecordTool] public static int Do() => 1; static void Use() { " + body + " } }");

        Assert.Contains($"\n// AgentOps: {line}\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_lists_each_call()
    {
        JsonElement report = Json(Report(
            """
            static class Tools
            {
                [RecordTool("weather \"now\"")] public static int Do<T>(int n, string s) => n;
                static int Use() => Do<int>(1, "");
                static Func<int, string, int> Group() => Do<int>;
                [DoNotRecord] static int Quiet() => Do<int>(1, "");
            }
            """));

        Assert.Equal(("Agent", 1, 1, 1), (report.GetProperty("project").GetString(), report.GetProperty("recorded").GetInt32(), report.GetProperty("notRecorded").GetInt32(), report.GetProperty("leftOut").GetInt32()));
        Assert.Equal(
            """{ "file": "Tools.cs", "line": 4, "column": 25, "kind": "tool", "name": "weather \"now\"", "method": "Tools.Do<T>(int, string)", "outcome": "recorded" }""",
            report.GetProperty("calls")[0].ToString());
        Assert.Equal(["recorded", "AOPS0201", "left out"], report.GetProperty("calls").EnumerateArray().Select(static call => call.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("public sealed class C { [RecordTool] public int M() => 1; }", "new C().M(); ((C?)new C())?.M(); Func<int> f = new C().M; _ = (new C().M)(); _ = nameof(C.M);")]
    [InlineData("public static class C { [RecordTool] public static int M(int n = 1) => n; }", "C.M(); C.M((dynamic)1); System.Linq.Expressions.Expression<Func<int>> e = () => C.M(2); Func<int, int> f = new(C.M); unsafe { delegate*<int, int> p = &C.M; }")]
    [InlineData("public class B { [RecordTool] public virtual int M() => 1; public event Func<int>? E; public void Use() { E += M; } } public class D : B { public int Base() => base.M(); public Func<int> G() => base.M; }", "")]
    [InlineData("public interface I { [RecordTool] int M(); } public static class C { public static int Use<T>(T t) where T : I => t.M() + Other(t)(); static Func<int> Other<T>(T t) where T : I => t.M; }", "")]
    [InlineData("public static class C { private class P; [RecordTool] private static int M(P? p) => 1; [RecordTool] private static int N() => 1; public static int Use() => M(null) + N(); }", "")]
    [InlineData("", "[RecordTool] static int Local() => 1; Local(); Func<int> f = Local; { int Local2() => Local(); Local2(); }")]
    [InlineData("", "dynamic d = 1; d.Unknown(); d.M();")]
    [InlineData("public static class X { [RecordTool] public static int M() => 1; }", "dynamic d = 1; d.Unknown(); d.M(); d.M(d);")]
    [InlineData("public class Bag : IEnumerable<int> { [RecordTool] public void Add(int n) { } [RecordTool] public IEnumerator<int> GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; }", "Bag b = new() { 1, 2 }; b.Add(3); foreach (int n in b) { foreach (int m in b) { } } Bag c = [1, 2];")]
    [InlineData("public sealed class Held : IDisposable { [RecordTool] public void Dispose() { } }", "using (var a = new Held()) { } using var b = new Held(); b.Dispose();")]
    [InlineData("public sealed class Pair { [RecordTool] public void Deconstruct(out int a, out int b) => a = b = 1; }", "var (a, b) = new Pair(); (a, b) = new Pair(); if (new Pair() is (1, 2)) { } new Pair().Deconstruct(out a, out b); foreach (var (c, d) in new Pair[1]) { }")]
    [InlineData("public sealed class Soon { [RecordTool] public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); public async Task Use() => await this; }", "new Soon().GetAwaiter();")]
    [InlineData("public static class Q { [RecordTool] public static IEnumerable<int> Where(this int[] a, Func<int, bool> f) => a; }", "_ = from n in new int[1] where n > 0 select n; _ = new int[1].Where(n => n > 0);")]
    [InlineData("public readonly struct N { [RecordTool] public static N operator +(N a, N b) => a; [RecordTool] public static implicit operator N(int n) => default; private static readonly N s_n = 1; }", "N n = default; n = n + n; n += n; n = 1; Func<N> f = () => 2;")]
    [InlineData("public class G { [RecordTool] public int M() => 1; }", "Lazy<int> l = new(new G().M); var t = new System.Threading.Thread(() => new G().M()); _ = Enumerable.Range(0, 3).Select(_ => new G().M()).ToList(); string s = $\"{new G().M()}\";")]
    public async Task Report_counts_what_the_analyzer_reports(string declarations, string body)
    {
        CSharpCompilation compilation = Compile(("/project/Program.cs", $$"""
            {{declarations}}
            public static class Program { public static void Run() { {{body}} } }
            """));
        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation);

        JsonElement report = Json(Report(compilation));

        Assert.Equal(
            reported.Select(static d => (d.Location.GetLineSpan().StartLinePosition.Line + 1, d.Location.GetLineSpan().StartLinePosition.Character + 1, d.Id)).Order(),
            report.GetProperty("calls").EnumerateArray().Select(static call => (
                call.GetProperty("line").GetInt32(),
                call.GetProperty("column").GetInt32(),
                call.GetProperty("outcome").GetString() is "recorded" ? RuleIds.RecordedCall : call.GetProperty("outcome").GetString()!)).Order());
    }

    [Fact]
    public void Calls_in_files_of_the_same_content_count_as_not_recorded()
    {
        string report = Report(Compile(
            ("/project/Tools.cs", "public static class Tools { [RecordTool] public static int Do() => 1; }"),
            ("/project/A.cs", "file static class Part { public static int Use() => Tools.Do(); }"),
            ("/project/B.cs", "file static class Part { public static int Use() => Tools.Do(); }")));

        Assert.Contains("recorded 0 of 2 calls in Agent; 2 not: 2 calls in duplicate files (AOPS0206)", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_names_cannot_end_the_comment()
    {
        CSharpCompilation compilation = Compile(
            ("/project/a*/Tools.cs", "static class Tools { [RecordTool(\"*/ \\\" \\n\")] public static int Do() => 1; static int Use() => Do(); }"));

        GeneratedProgram.CreateDriver(s_wanted).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);

        SyntaxTree report = Assert.Single(updated.SyntaxTrees, static tree => tree.FilePath.EndsWith(ReportEmitter.HintName, StringComparison.Ordinal));
        Assert.Empty(report.GetRoot(TestContext.Current.CancellationToken).DescendantNodes());
        Assert.Equal("*/ \" \n", Json(report.ToString()).GetProperty("calls")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Report_without_calls_has_no_line()
    {
        Assert.DoesNotContain("AgentOps:", Report("static class Tools { [RecordTool] public static int Do() => 1; }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_wish_there_is_no_report()
    {
        GeneratorEdits project = new(("/project/Tools.cs", "static class Tools { [RecordTool] public static int Do() => 1; static int Use() => Do(); }"));

        Assert.DoesNotContain(ReportEmitter.HintName, project.Sources.Keys);
    }

    [Fact]
    public void Edit_in_a_body_elsewhere_leaves_every_step_of_the_report_as_it_was()
    {
        var project = new GeneratorEdits(
            Compile(
                ("/project/Tools.cs", "static class Tools { [RecordTool] public static int Do() => 1; static int Use() => Do(); }"),
                ("/project/Group.cs", "static class Group { static Func<int> Use() => Tools.Do; }"),
                ("/project/Elsewhere.cs", "static class Elsewhere { static int Use() => 41; }")),
            s_wanted);
        var before = project.Sources[ReportEmitter.HintName];

        project.Replace("/project/Elsewhere.cs", "41", "42");

        Assert.Equal(0, project.Changed(GeneratorSteps.Bind));
        Assert.Equal(0, project.Changed(GeneratorSteps.Report));
        Assert.Same(before, project.Sources[ReportEmitter.HintName]);
    }

    [Fact]
    public void Order_of_the_files_does_not_matter()
    {
        CSharpCompilation compilation = Compile(
            ("/project/Tools.cs", "static class Tools { [RecordTool] public static int Do() => 1; static int Use() => Do(); }"),
            ("/project/A.cs", "static class A { static Func<int> Use() => Tools.Do; }"),
            ("/project/B.cs", "static class B { static int Use() => Tools.Do() + Tools.Do(); }"));

        Assert.Equal(Report(compilation), Report(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse())));
    }

    private static CSharpCompilation Compile(params (string Path, string Text)[] files) => GeneratedProgram.Compile(files).WithAssemblyName("Agent");

    private static string Report(string source) => Report(Compile(("/project/Tools.cs", source)));

    private static string Report(CSharpCompilation compilation) => new GeneratorEdits(compilation, s_wanted).Sources[ReportEmitter.HintName].ToString();

    private static JsonElement Json(string report) =>
        JsonElement.Parse(report[(report.IndexOf("/*", StringComparison.Ordinal) + 2)..report.LastIndexOf("*/", StringComparison.Ordinal)]);
}
