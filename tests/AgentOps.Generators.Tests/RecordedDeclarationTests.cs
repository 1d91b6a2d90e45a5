using System.Globalization;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentOps.Generators.Tests;

/// <summary>Declarations that ask for generated code which cannot be written say why; those that can be are silent.</summary>
public sealed class RecordedDeclarationTests
{
    [Theory]
    [InlineData("public partial class C { [RecordTool] public partial Task<string> Search(string q, int n = 1); }", "declare 'private Task<string> SearchCore(string q, int n)' in 'C'")]
    [InlineData("public static partial class C { [RecordTool] public static partial T M<T>(ref T t) where T : struct; }", "declare 'private static T MCore<T>(ref T t) where T : struct' in 'C'")]
    [InlineData("public partial class C { [RecordTool] public partial int M(int n); private int MCore(string n) => 1; }", "'MCore' has another signature: declare 'private int MCore(int n)' in 'C'")]
    [InlineData("public partial class C { [RecordTool] public partial int M(int n); private static int MCore(int n) => 1; }", "'MCore' has another signature")]
    [InlineData("public partial class C { [RecordTool] public partial int M(int n); private long MCore(int n) => 1; }", "'MCore' has another signature")]
    [InlineData("public partial class C { [RecordTool] partial void M(); private int MCore() => 1; }", "'MCore' has another signature")]
    [InlineData("public class O { public partial class C { [RecordTool] public partial int M(); private int MCore() => 1; } }", "make 'O' partial")]
    [InlineData("file partial class C { [RecordTool] public partial int M(); private int MCore() => 1; }", "move it out of 'C'")]
    public async Task Body_that_cannot_be_generated_is_an_error_that_says_what_to_do(string source, string expected)
    {
        Diagnostic reported = Assert.Single(await Analyze(source));

        Assert.Equal((RuleIds.BodyMissing, true), (reported.Id, reported.GetMessage(CultureInfo.InvariantCulture).Contains(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("public partial class C { [RecordTool] public partial int M(); private int MCore() => 1; }")]
    [InlineData("public partial class C { [RecordTool] public partial int M(); public partial int M() => 1; }")]
    [InlineData("public partial class C { public partial int M(); public partial int M() => 1; }")]
    [InlineData("public partial class C { [RecordTool] partial void M(); }")]
    [InlineData("public partial class C { [RecordTool] partial void M(); private void MCore() { } }")]
    [InlineData("[RecordedInterface] public interface I { int M(); }")]
    [InlineData("[RecordedInterface] public interface I { ref int M(); }")]
    [InlineData("public interface I { static abstract int M(); }")]
    public async Task What_can_be_generated_is_silent(string source) => Assert.Empty(await Analyze(source));

    [Theory]
    [InlineData("[RecordedInterface] public interface I { static abstract int M(); }", "'M' is static and abstract")]
    [InlineData("[RecordedInterface] public interface I { protected int M(); }", "'M' is not public")]
    [InlineData("public interface J { static abstract int P { get; } } [RecordedInterface] public interface I : J;", "'P' is static and abstract")]
    [InlineData("public class O { [RecordedInterface] private interface I { int M(); } }", "cannot name it")]
    [InlineData("[RecordedInterface] file interface I { int M(); }", "cannot name it")]
    public async Task Interface_member_that_cannot_be_recorded_is_reported(string source, string expected)
    {
        Diagnostic reported = Assert.Single(await Analyze(source));

        Assert.Equal((RuleIds.NotDecorated, true), (reported.Id, reported.GetMessage(CultureInfo.InvariantCulture).Contains(expected, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("public partial class C { [RecordTool] public partial int M(); private int MCore() => 1; public Func<int> F => M; public dynamic D => M(); }")]
    [InlineData("public partial class B { [RecordTool] public virtual partial int M(); private int MCore() => 1; } public class D : B { public int N() => base.M(); }")]
    [InlineData("public partial class C { [RecordTool] private static partial int M(); private static int MCore() => 1; public System.Linq.Expressions.Expression<Func<int>> F => () => M(); }")]
    [InlineData("public static class C { [RecordTool] public static int M() => 1; public static object F => Microsoft.Extensions.AI.AIFunctionFactory.Create(M); }")]
    public async Task Use_of_what_is_recorded_anyway_is_not_diagnosed(string source)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs", source));
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);

        Assert.Empty(await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>((CSharpCompilation)updated));
    }

    [Fact]
    public async Task Delegate_that_no_factory_takes_is_diagnosed_beside_one_that_does()
    {
        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(GeneratedProgram.Compile(("/project/Program.cs",
            "public static class C { [RecordTool] public static int M() => 1; public static object F => Microsoft.Extensions.AI.AIFunctionFactory.Create(M); public static Func<int> G => M; }"))));

        Assert.Equal(RuleIds.MethodGroup, reported.Id);
    }

    [Fact]
    public Task Method_without_a_body_is_reported_at_its_name() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.BodyMissing,
        """
        public partial class Library
        {
            [RecordTool] partial void [|Index|](string path);
            private void IndexCore(int number) { }
            [RecordTool] partial void Sort();
            private void SortCore() { }
        }
        """);

    [Fact]
    public Task Member_that_no_decorator_can_have_is_reported_at_its_name() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.NotDecorated,
        """
        [RecordedInterface] public unsafe interface IAgent { static abstract IAgent [|Make|](); int* [|Point|](__arglist); string Ask(); }
        public interface IOther { static abstract IOther Make(); }
        """);

    /// <summary>What is reported before anything is generated: such declarations do not compile yet.</summary>
    private static async Task<Diagnostic[]> Analyze(string source)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs", source));
        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return [.. await updated.WithAnalyzers([new RecordedDeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync()];
    }
}
