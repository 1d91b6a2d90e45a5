using System.Collections.Immutable;
using System.Globalization;
using AgentOps.Generators.Fuzz.Tests.Edits;
using AgentOps.Generators.Fuzz.Tests.Programs;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Fuzz.Tests.BrokenCode;

/// <summary>
/// Code as it looks while it is typed: generator and analyzers do not throw, and what does not compile is the user's own code,
/// never what was generated for it.
/// </summary>
public sealed class BrokenCodeTests
{
    private const int FilesTogether = 10;

    /// <summary>Code that is wrong as a whole rather than by a token.</summary>
    public static TheoryData<string> WrongPrograms =>
    [
        "class A : B { [RecordTool] public int M() => 1; } class B : A { } class U { void X(A a, B b) { a.M(); b.M(); } }",
        "interface I : J { [RecordTool] int M(); } interface J : I { } class C : I { public int M() => 1; } class U { void X(C c, J j) { c.M(); j.M(); } }",
        "struct S { S _inner; [RecordTool] public S M() => this; } class U { void X(S s) => s.M(); }",
        "class C<T> where T : C<T>.D { public class D; [RecordTool] public T M(T t) => t; } class U { void X<T>(C<T> c, T t) { c.M(t); } }",
        "class C { [RecordTool] public Missing M(Unknown a, List<Absent> b) => null; } class U { void X(C c) { c.M(null, null); c.M(); c.M(1, 2, 3); } }",
        "class C { [RecordTool(1)] public int M() => 1; [RecordTool(null)] public int N() => 1; [RecordTool(Nothing = 3)] public int O() => 1; [RecordLlm(Model = 5)] public int P() => 1; [RecordTool(\"a\", \"b\")] public int Q() => 1; } class U { void X(C c) { c.M(); c.N(); c.O(); c.P(); c.Q(); } }",
        "class C { [RecordTool(nameof(Absent))] public int M() => 1; [RecordTool(typeof(C))] public int N() => 1; [RecordTool(Leaf = \"yes\")] public int O() => 1; [TrackAgent(7)] public class A { [RecordAction] public int P() => 1; } } class U { void X(C c) { c.M(); c.N(); c.O(); new C.A().P(); } }",
        "class C { [RecordTool] public int M() => 1; [RecordTool] public int M() => 2; } class C { [RecordTool] public int M() => 3; } class U { void X(C c) { c.M(); } }",
        "class C { [RecordTool] public int M<T, T>(T t) => 1; [RecordTool] public void N(int a, int a) { } } class U { void X(C c) { c.M<int, int>(1); c.N(1, 2); } }",
        "class C { [RecordTool] public int M(int a = Absent, params int b) => 1; [RecordTool] public int N(ref this int a) => 1; } class U { void X(C c) { c.M(); int i = 1; c.N(ref i); } }",
        "class C { [RecordTool] public abstract int M(); [RecordTool] public int N(); [RecordTool] public async int O() => 1; [RecordTool] public async IAsyncEnumerable<int> P() { } } class U { void X(C c) { c.M(); c.N(); c.O(); c.P(); } }",
        "class C { [RecordTool] public int this[int i] => 1; [RecordTool] public C() { } [RecordTool] int F; [RecordTool] event Action E; [RecordTool] public static C operator +(C a, C b) => a; } class U { void X(C c) { var d = new C() + c; _ = c[1]; } }",
        "class RecordToolAttribute : Attribute { } class C { [RecordTool] public int M() => 1; [AgentOps.RecordTool] public int N() => 1; } class U { void X(C c) { c.M(); c.N(); } }",
        "namespace AgentOps { class RecordToolAttribute : Attribute { } class CallScope { } } namespace System { class Object { } } class C { [RecordTool] public int M() => 1; } class U { void X(C c) { c.M(); } }",
        "class AgentOps; class C { [RecordTool] public int M() => 1; } class U { void X(C c) { c.M(); } }",
        "class System { class Object { } } class C { [RecordTool] public int M() => 1; } class U { void X(C c) { c.M(); } }",
        "partial class C { [RecordTool] public partial int M(int a); public partial int M(string a) => 1; } class U { void X(C c) { c.M(1); c.M(\"\"); } }",
        "static class E { [RecordTool] public static int M(this Missing m) => 1; [RecordTool] public static int N(this int i, Missing m) => 1; } class U { void X() { 1.N(null); default(Missing).M(); } }",
        "class C { [RecordTool] public unsafe int* M(int* p, delegate*<int> f) => p; [RecordTool] public (int, Missing) N() => default; [RecordTool] public dynamic O(dynamic d) => d; } class U { unsafe void X(C c) { c.M(null, null); c.N(); c.O(c.O(c)); } }",
        "class C { [RecordTool] public int M(", "class C { [RecordTool] public int M() { return new C().M(; } }", "[RecordTool]", "C.M(", "using AgentOps; [RecordTool] int M() => 1; M(); M", "class { [RecordTool] public int () => 1; }",
    ];

    [Theory]
    [MemberData(nameof(WrongPrograms))]
    public async Task Wrong_program_shows_its_own_errors_only(string source)
    {
        string? problem = await Problem([("/project/Wrong.cs", source)]);

        Assert.True(problem is null, problem);
    }

    [Fact]
    public async Task Code_with_tokens_left_out_doubled_and_swapped_shows_its_own_errors_only()
    {
        string[] corpus = Corpus();
        int rounds = LongTests.Times(10_000, 200_000) / FilesTogether;
        for (int round = 0; round < rounds; round++)
        {
            Random random = TestSeed.ForRound(round);
            (string, string)[] files =
            [
                .. Enumerable.Range(0, FilesTogether).Select(i =>
                    (string.Create(CultureInfo.InvariantCulture, $"/project/Broken{i}.cs"), TokenDamage.Apply(corpus[random.Next(corpus.Length)], random))),
            ];
            if (await Problem(files) is not { } problem)
                continue;
            string? alone = null;
            foreach ((string, string) file in files)
            {
                if (await Problem([file]) is { } own)
                    (problem, alone) = (own, file.Item2);
            }
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {TestSeed.Value}, round {round}: {problem}\n{alone ?? string.Join("\n// next file\n", files.Select(static f => f.Item2))}"));
        }
    }

    /// <summary>Each shape of a recorded method with its call, the files of the edit corpus, and a sample that breaks every rule.</summary>
    private static string[] Corpus() =>
    [
        .. SynchronousShapes.All.Concat(AsynchronousShapes.All).Select(static (shape, i) => new RandomProgram(
            string.Create(CultureInfo.InvariantCulture, $"Shape{i}"),
            [
                new Method(new ProgramShape("beginning", ShapeColor.Asynchronous, "", ""), [new Step(1, Surrounding.Plain)], null, false),
                new Method(shape, [], null, false),
            ]).Render()),
        .. EditCorpus.Create().Select(static template => template.Render()),
        .. WrongPrograms.Select(static row => row.Data),
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "samples", "Misuse", "Code"), "*.cs", SearchOption.TopDirectoryOnly).Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentOps.Generators.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    private static async Task<string?> Problem((string Path, string Text)[] files)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile([.. files, ("/project/Trace.cs", TraceSource.Text)]);
        GeneratorDriver driver = GeneratedProgram.CreateDriver(isTracking: false)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out ImmutableArray<Diagnostic> reported);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } failure)
            return "The generator threw: " + failure;
        if (reported.FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error) is { } error)
            return error.ToString();
        foreach (SyntaxTree generated in updated.SyntaxTrees.Except(compilation.SyntaxTrees))
        {
            if (updated.GetSemanticModel(generated).GetDiagnostics().FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error) is { } ours)
                return $"{ours}\n{generated}";
        }
        ImmutableArray<Diagnostic> analysed = await compilation.WithAnalyzers(AllAnalyzers.Create(), new AnalyzerOptions([], new BuildProperties(new Dictionary<string, string>())))
            .GetAnalyzerDiagnosticsAsync();
        return analysed.FirstOrDefault(static d => d.Id == "AD0001")?.ToString();
    }
}
