using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>Where calls stand, and methods whose attributes mean something to the compiler.</summary>
public sealed class CallPlaceTests
{
    [Fact]
    public async Task Conditional_call_that_is_left_out_stays_left_out()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] [System.Diagnostics.Conditional(\"NEVER\")] public static void Skipped(int n) => throw new Exception(); }",
            "int n = 0; Tools.Skipped(n++); Check.That(n == 0);");

        Assert.DoesNotContain(run.Events, static e => e is ToolEvent);
    }

    [Fact]
    public async Task Conditional_call_that_is_made_is_recorded()
    {
        Session session = await GeneratedProgram.Create(
            """
            #define ALWAYS
            public static class Tools { [RecordTool] [System.Diagnostics.Conditional("ALWAYS")] public static void Made(int n) { } }
            public static class Program { public static Session Run() { using var session = Session.Start(); Tools.Made(3); return session; } }
            """).RunAsync<Session>();

        Assert.Equal("n=3", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Arguments());
    }

    [Theory]
    [InlineData("[Obsolete]", "")]
    [InlineData("[Obsolete(\"no\", true)]", "[Obsolete]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")]", "[System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(\"no\")]", "")]
    public async Task Method_that_one_should_not_call_is_recorded_where_it_is_called(string attribute, string callers)
    {
        RecordedRun run = await RecordedRun.Of(
            $$"""
            #pragma warning disable EXP1
            public static class Tools { {{attribute}} [RecordTool] public static int Do(int n) => n; {{attribute}} [RecordTool] private static T Generic<T>(T t) => t; {{callers}} public static int Use() => Do(1) + Generic(2); }
            public static class Indirect { {{callers}} public static int Use() => Tools.Use(); }
            """,
            "Check.That((int)typeof(Indirect).GetMethod(\"Use\")!.Invoke(null, null)! == 3);");

        Assert.Equal(2, run.Events.OfType<ToolEvent>().Count());
    }

    [Fact]
    public async Task Method_of_a_native_library_is_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using System.Runtime.InteropServices;
            public static class Native
            {
                static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, (name, assembly, path) => throw new DllNotFoundException("not there"));
                [RecordTool] [DllImport("nowhere")] public static extern int Call(int n);
            }
            """,
            "try { Native.Call(1); } catch (DllNotFoundException) { }");

        Assert.Equal(("n=1", EventStatus.Error), (run.Call.Arguments(), run.Call.Status));
    }

    [Fact]
    public async Task Calls_in_every_place_that_an_expression_can_stand_are_recorded()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools { [RecordTool] public static int Do(int n) => n; }
            public class Base(int n) { public int N => n; protected Base(int n, int m) : this(n + m + Tools.Do(1)) { } }
            public class Derived() : Base(Tools.Do(2), Tools.Do(3))
            {
                private readonly int _field = Tools.Do(4);
                public static readonly int Static = Tools.Do(5);
                public int Property { get; } = Tools.Do(6);
                public int this[int i] => Tools.Do(i);
                public static Derived operator +(Derived d, int n) { Tools.Do(n); return d; }
                ~Derived() { }
            }
            public record Row(int N) { public int Twice => Tools.Do(N * 2); }
            public enum Kind { A }
            """,
            """
                    _ = Derived.Static;
                    var d = new Derived(); _ = d[7]; _ = d + 8; _ = new Row(5).Twice;
                    Func<int, int> f = static n => Tools.Do(n); f(9);
                    int Local(int n) => Tools.Do(n); Local(10);
                    _ = 1 switch { 1 when Tools.Do(11) > 0 => Tools.Do(12), _ => 0 };
                    _ = from n in new[] { 13 } where Tools.Do(n) > 0 select Tools.Do(n);
                    foreach (int n in from n in new[] { 14 } select Tools.Do(n)) { }
                    _ = $"{Tools.Do(15)}" + (Tools.Do(16) is 16 ? "" : null) ?? "";
                    int[] items = [Tools.Do(17), .. new[] { Tools.Do(18) }];
                    lock (new object()) Tools.Do(19);
                    try { throw new Exception(); } catch when (Tools.Do(20) > 0) { } finally { Tools.Do(21); }
            """);

        Assert.Equal(Enumerable.Range(1, 21).Where(static n => n != 13), run.Events.OfType<ToolEvent>().Select(static e => (int)e.Returns!.AsInt64()!.Value).Distinct().Order());
    }

    [Fact]
    public async Task Line_directives_and_paths_are_no_trouble()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public static class Tools { [RecordTool] public static int Do(int n) => n; }
            #line 900 "elsewhere.razor"
            public static class Use { public static int It() => Tools.Do(1); }
            #line hidden
            public static class Hidden { public static int It() => Tools.Do(2); }
            #line default
            """,
            "Use.It(); Hidden.It();");

        Assert.Equal(["n=1", "n=2"], run.Events.OfType<ToolEvent>().Select(EventText.Arguments));
    }

    [Fact]
    public async Task Types_and_files_of_the_same_name_are_told_apart()
    {
        GeneratedProgram program = GeneratedProgram.Create(
            ("/project/One/Tools.cs", "namespace One; public static class Tools { [RecordTool] public static int Do(int n) => n; public static int Use() => Do(1); }"),
            ("/project/Two/Tools.cs", "namespace Two; public static class Tools { [RecordTool] public static int Do(int n) => n; public static int Use() => Do(2); public class Nested { public class Tools { [RecordTool] public int Do(int n) => n; } public int Use() => new Tools().Do(3); } }"),
            ("/project/Program.cs", "public static class Program { public static Session Run() { using var session = Session.Start(); One.Tools.Use(); Two.Tools.Use(); new Two.Tools.Nested().Use(); return session; } }"));

        Session session = await program.RunAsync<Session>();

        Assert.Equal(["n=1", "n=2", "n=3"], session.ReadEvents().OfType<ToolEvent>().Select(EventText.Arguments));
    }

    [Theory]
    [InlineData("left", "", RuleIds.UnnameableType)]
    [InlineData("left", "global", RuleIds.RecordedCall)]
    [InlineData("", "", RuleIds.UnnameableType)]
    public async Task Type_whose_full_name_does_not_mean_it_is_reported(string alias, string also, string ruleId)
    {
        const string Library = "public class Shared { } public static class {0} { [AgentOps.RecordTool] public static int Do(Shared? s) => 1; }";
        MetadataReference left = Reference("left", Library.Replace("{0}", "Left", StringComparison.Ordinal));
        MetadataReference right = Reference("right", alias.Length == 0 ? Library.Replace("{0}", "Right", StringComparison.Ordinal) : "public static class Right { }");
        string[] aliases = [.. new[] { alias, also }.Where(static a => a.Length > 0)];
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            (alias.Length == 0 ? "" : $"extern alias {alias};\n") + $"public static class Program {{ public static int Run() => {(alias.Length == 0 ? "" : alias + "::")}Left.Do(null); }}"));
        compilation = compilation.AddReferences(aliases.Length == 0 ? left : left.WithAliases(aliases), right);

        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);

        Assert.Empty(updated.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal(ruleId, string.Join(",", (await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation)).Select(static d => d.Id)));
        Assert.Equal(ruleId == RuleIds.RecordedCall, updated.SyntaxTrees.Any(static t => t.FilePath.Contains("Program.AgentOps.g.cs", StringComparison.Ordinal)));

        static PortableExecutableReference Reference(string name, string source)
        {
            CSharpCompilation library = GeneratedProgram.Compile(($"/{name}/Library.cs", source)).WithAssemblyName(name);
            GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(library, out Compilation withManifest, out _, TestContext.Current.CancellationToken);
            using var image = new MemoryStream();
            Assert.True(withManifest.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
            return MetadataReference.CreateFromImage(image.ToArray());
        }
    }
}
