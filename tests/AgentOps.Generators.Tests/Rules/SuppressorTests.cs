using System.Collections.Immutable;
using AgentOps.Generators.Suppressors;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>Advice of others is suppressed where following it would end a record, and nowhere else.</summary>
public sealed class SuppressorTests
{
    [Theory]
    [InlineData("CA1822")]
    [InlineData("CA1859")]
    [InlineData("IDE0060")]
    [InlineData("S1172")]
    [InlineData("S2325")]
    [InlineData("VSTHRD200")]
    public async Task Advice_on_the_signature_of_a_work_method_is_suppressed(string id) => Assert.Equal(
        ["SearchCore", "query"],
        await SuppressedAsync(
            new WorkMethodSuppressor(),
            id,
            """
            public partial class Library
            {
                [RecordTool] public partial string Search(string query);
                private string SearchCore(string query) { int inside = Inner(1); return query; int Inner(int n) => n; }
                public string FindCore(string key) => key;
                public string Find(string key) => key;
                private int LoadCore(int number) => number;
                public partial void Load(int number);
                public partial void Load(int number) { }
            }
            """));

    [Fact]
    public async Task Advice_to_write_a_method_group_is_suppressed_for_recorded_methods() => Assert.Equal(
        ["n => Tools.Twice(n)", "n => { return Tools.Twice(n); }"],
        await SuppressedAsync(
            new WrittenCallSuppressor(),
            "IDE0200",
            """
            public static class Tools
            {
                [RecordTool] public static int Twice(int n) => n;
                public static int Plain(int n) => n;
                public static void Use(int[] all)
                {
                    _ = all.Select(n => Tools.Twice(n)).Select(n => { return Tools.Twice(n); });
                    _ = all.Select(n => Plain(n)).Select(n => n).Select(n => { int m = n; return m; });
                }
            }
            """));

    [Fact]
    public async Task Advice_to_write_an_initialiser_is_suppressed_for_recorded_calls() => Assert.Equal(
        ["bag.Add(1);", "new()"],
        await SuppressedAsync(
            new WrittenCallSuppressor(),
            "IDE0028",
            """
            public sealed class Bag : System.Collections.IEnumerable
            {
                [RecordAction] public void Add(int n) { }
                public System.Collections.IEnumerator GetEnumerator() => throw new NotSupportedException();
                public static void Use() { Bag bag = new(); bag.Add(1); List<int> list = new List<int>(); list.Add(1); }
            }
            """));

    private static async Task<string[]> SuppressedAsync(DiagnosticSuppressor suppressor, string id, string source)
    {
        CSharpCompilation compilation = GeneratedProgram.WithGenerated(GeneratedProgram.Compile(("/project/Program.cs", source)));
        ImmutableArray<Diagnostic> reported = await compilation
            .WithAnalyzers([new Adviser(id), suppressor], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(reported, static d => !d.IsSuppressed);
        return [.. reported.Where(static d => d.IsSuppressed).Select(static d => d.Location.SourceTree!.ToString().Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Another's analyzer, which gives its advice wherever it could.</summary>
#pragma warning disable RS1001, RS1017, RS1036, RS2008 // An analyzer for these tests only.
    private sealed class Adviser(string id) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor _rule = new(id, "Advice", "Advice", "Advice", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSyntaxNodeAction(
                c => c.ReportDiagnostic(Diagnostic.Create(_rule, PlaceOf(c.Node))),
                id switch
                {
                    "IDE0200" => (SyntaxKind[])[SyntaxKind.SimpleLambdaExpression],
                    "IDE0028" => [SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.ObjectCreationExpression, SyntaxKind.ExpressionStatement],
                    _ => [SyntaxKind.MethodDeclaration, SyntaxKind.Parameter, SyntaxKind.VariableDeclarator],
                });
        }

        private static Location PlaceOf(SyntaxNode node) => node switch
        {
            MethodDeclarationSyntax method => method.Identifier.GetLocation(),
            ParameterSyntax parameter => parameter.Identifier.GetLocation(),
            _ => node.GetLocation(),
        };
    }
#pragma warning restore RS1001, RS1017, RS1036, RS2008
}
