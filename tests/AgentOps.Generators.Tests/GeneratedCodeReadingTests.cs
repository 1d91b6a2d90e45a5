using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace AgentOps.Generators.Tests;

/// <summary>Generated code as a person meets it: on screen, in the debugger, in a stack trace.</summary>
public sealed class GeneratedCodeReadingTests
{
    private static readonly (string, string)[] s_project =
    [
        ("/project/Tools/Search.cs",
            """
            namespace App;
            public sealed record Answer(string Text, List<int> Pages);
            public static class Search
            {
                [RecordTool] public static Answer Find(string term, Answer? last) => new(term, []);
                [RecordTool] public static async Task<Answer> FindLater(string term) { await Task.Yield(); return new(term, []); }
                [RecordTool] public static async IAsyncEnumerable<T> Stream<T>(T value) { await Task.Yield(); yield return value; }
            }
            """),
        ("/project/Agent.cs",
            """
            namespace App;
            public sealed class Agent
            {
                public void Run()
                {
                    Search.Find("a", null);
                    Search.Find(
                        "b",
                        new Answer("c", [1]));
                }
            }
            """),
        ("/project/Later.cs",
            """
            namespace App;
            public sealed class Later
            {
                public async Task Run() { await Search.FindLater("a"); await foreach (int n in Search.Stream(1)) { } }
            }
            """),
    ];

    [Fact]
    public void Each_file_with_calls_has_one_generated_file_named_like_it()
    {
        Assert.Equal(["Agent.AgentOps.g.cs", "Later.AgentOps.g.cs", "RecordedMethods.AgentOps.g.cs"], new GeneratorEdits(s_project).Sources.Keys.Order());
    }

    [Fact]
    public void Interceptors_are_named_for_the_method_and_say_which_call_they_take()
    {
        string[] lines = new GeneratorEdits(s_project).Texts()["Agent.AgentOps.g.cs"].Split('\n');
        string[] comments = [.. lines.Select(static line => line.Trim()).Where(static line => line.StartsWith("// Search", StringComparison.Ordinal))];
        string[] names = [.. lines.Select(static line => line.Trim()).Where(static line => line.StartsWith("public static", StringComparison.Ordinal) && line.Contains("Call", StringComparison.Ordinal))];

        Assert.Equal("// The recorded calls in Agent.cs.", lines[1]);
        Assert.Equal(["// Search.Find(\"a\", null)", "// Search.Find( \"b\", new Answer(\"c\", [1]))"], comments);
        Assert.Equal(
            [
                "public static global::App.Answer Call0_Search_Find(string term, global::App.Answer? last)",
                "public static global::App.Answer Call1_Search_Find(string term, global::App.Answer? last)",
            ],
            names);
        Assert.Equal(["// line 6", "// line 7"], lines.Where(static l => l.Contains("[InterceptsLocation", StringComparison.Ordinal)).Select(static l => l[l.IndexOf("//", StringComparison.Ordinal)..]));
    }

    [Fact]
    public void Two_runs_and_two_orders_of_the_files_yield_the_same_assembly()
    {
        (CSharpCompilation compilation, _) = Generate();
        byte[] first = Emit(Generated(compilation)).Image;

        Assert.Equal(first, Emit(Generated(compilation)).Image);
        Assert.Equal(
            new GeneratorEdits(compilation).Texts(),
            new GeneratorEdits(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse())).Texts());
    }

    [Fact]
    public void Debugger_finds_no_place_to_stop_in_generated_code()
    {
        (_, Compilation generated) = Generate();
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Emit(generated).Symbols));
        MetadataReader symbols = provider.GetMetadataReader();

        string[] stops = [.. symbols.MethodDebugInformation
            .SelectMany(method => symbols.GetMethodDebugInformation(method).GetSequencePoints())
            .Where(static point => !point.IsHidden)
            .Select(point => symbols.GetString(symbols.GetDocument(point.Document).Name))
            .Distinct()];

        Assert.NotEmpty(stops);
        Assert.DoesNotContain(stops, static file => file.EndsWith(".g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_generated_method_is_hidden_from_stack_traces_and_stepped_through()
    {
        (_, Compilation generated) = Generate();
        Assembly assembly = Assembly.Load(Emit(generated).Image);
        MethodInfo[] methods = [.. assembly.GetTypes()
            .Where(static type => type.Namespace == "AgentOps.Generated" && type.DeclaringType is null)
            .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))];

        Assert.Contains(methods, static method => method.Name.EndsWith("Call0_Search_Find", StringComparison.Ordinal));
        Assert.All(methods, static method =>
        {
            Assert.True(method.IsDefined(typeof(StackTraceHiddenAttribute)) || method.DeclaringType!.IsDefined(typeof(StackTraceHiddenAttribute)), method.Name);
            Assert.True(method.IsDefined(typeof(DebuggerStepThroughAttribute)) || method.DeclaringType!.IsDefined(typeof(DebuggerStepThroughAttribute)), method.Name);
        });
    }

    [Theory]
    [InlineData("[RecordTool] public static int Do(string s) => s.Length == 0 ? throw new InvalidOperationException() : 1;", "Tools.Do(\"\");")]
    [InlineData("[RecordTool] public static Task<int> Do() => throw new InvalidOperationException();", "await Tools.Do();")]
    [InlineData("[RecordTool] public static async Task<int> Do() { await Task.Yield(); throw new InvalidOperationException(); }", "await Tools.Do();")]
    [InlineData("[RecordTool] public static async ValueTask Do() { await Task.Delay(1); throw new InvalidOperationException(); }", "await Tools.Do();")]
    [InlineData("[RecordTool] public static IEnumerable<int> Do() { yield return 1; throw new InvalidOperationException(); }", "foreach (int n in Tools.Do()) { }")]
    [InlineData("[RecordTool] public static async IAsyncEnumerable<int> Do() { await Task.Yield(); yield return 1; throw new InvalidOperationException(); }", "await foreach (int n in Tools.Do()) { }")]
    public async Task Stack_trace_begins_in_the_users_method_and_names_nothing_that_is_generated(string tool, string use)
    {
        GeneratedProgram program = GeneratedProgram.Create(
            $$"""
            public static class Tools { {{tool}} }
            public static class Program
            {
                public static async Task<string> Run()
                {
                    using Session session = Session.Start();
                    try { {{use}} await Task.CompletedTask; return ""; }
                    catch (InvalidOperationException failure) { return failure.ToString(); }
                }
            }
            """);

        string[] frames = [.. (await program.RunAsync<string>()).Split('\n').Where(static line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal))];

        Assert.StartsWith("   at Tools.", frames[0], StringComparison.Ordinal);
        Assert.DoesNotContain(frames, static frame => frame.Contains("AgentOps.Generated", StringComparison.Ordinal) || frame.Contains("Call0_", StringComparison.Ordinal));
    }

    private static (CSharpCompilation Compilation, Compilation Generated) Generate()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(s_project).WithAssemblyName("App");
        compilation = compilation.WithOptions(compilation.Options.WithDeterministic(true));
        return (compilation, Generated(compilation));
    }

    private static Compilation Generated(CSharpCompilation compilation)
    {
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _, TestContext.Current.CancellationToken);
        return generated;
    }

    private static (byte[] Image, byte[] Symbols) Emit(Compilation compilation)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult emitted = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return (image.ToArray(), symbols.ToArray());
    }
}
