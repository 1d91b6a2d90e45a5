using System.Collections.Immutable;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>AOPS0211: a generic method that calls itself with its own type parameters cannot be intercepted there, in any version of the compiler.</summary>
public sealed class GenericRecursionTests
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; global using AgentOps;";

    public static TheoryData<string> Programs =>
    [
        "public static class C { [RecordTool] public static T F<T>(T t, int n) => n == 0 ? t : [|F<T>|](t, n - 1); }",
        "public static class C { [RecordTool] public static int F<T>(T t, int n) => n == 0 ? 0 : [|F|](new List<T>(), n - 1); }",
        "public static class C { [RecordTool] public static int F<T>(T[] t, int n) => n == 0 ? 0 : [|F|](t, n - 1); }",
        "public static class C { [RecordTool] public static int F<T, U>(T t, U u, int n) => n == 0 ? 0 : [|F|](u, t, n - 1) + [|F|](1, t, n - 1) + F(1, 2, n - 1); }",
        "public static class C { [RecordTool] public static int F<T>(T t, int n) { Func<int> f = () => [|F|](t, n - 1); return n == 0 ? 0 : f(); } }",
        "public static class C { [RecordTool] public static async Task<T> F<T>(T t, int n) => n == 0 ? t : await [|F|](t, n - 1); }",
        "public static class C { [RecordTool] public static int F<T>(this T t, int n) => n == 0 ? 0 : t.[|F|](n - 1); }",
        "public class C<T> { [RecordTool] public U F<U>(U u, T t, int n) => n == 0 ? u : [|F|](u, t, n - 1); }",
        "public class C { [RecordTool] public virtual T F<T>(T t, int n) => t; } public class D : C { public override T F<T>(T t, int n) => n == 0 ? t : [|F|](t, n - 1) ?? new C().F(t, n); }",
        "public class C { private sealed class Inner<V> { } [RecordTool] public static int F<T>(int n) { Inner<T>? kept = null; return kept is null && n > 0 ? F<T>(n - 1) : 0; } }",
        "public static class C { [RecordTool] public static int F<T>(T t, int n) => n == 0 ? 0 : F(n, n - 1); }",
        "public static class C { [RecordTool] public static int F<T>(T t, int n) { int G<U>(U u) => F(u, n - 1); return n == 0 ? 0 : G(t); } }",
        "public class C<T> { [RecordTool] public T F(T t, int n) => n == 0 ? t : F(t, n - 1); }",
        "public static class A { [RecordTool] public static int F<T>(T t, int n) => B.F(t, n); } public static class B { [RecordTool] public static int F<T>(T t, int n) => n == 0 ? 0 : A.F(t, n - 1); }",
        "public static partial class C { [RecordTool] public static partial int F<T>(T t, int n); public static partial int F<T>(T t, int n) => n == 0 ? 0 : F(t, n - 1); }",
    ];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task Call_that_cannot_be_intercepted_is_reported(string markup) =>
        AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(RuleIds.GenericRecursion, markup);

    [Theory]
    [MemberData(nameof(Programs))]
    public void All_other_calls_are_recorded_and_compile(string markup) => Assert.NotNull(GeneratedProgram.Create(Plain(markup)));

    [Fact]
    public async Task Compiler_of_the_sdk_takes_what_is_generated()
    {
        (byte[] image, _) = await SdkCompiler.CompileAsync(
            [Usings, .. Programs.Select(static (row, i) => $"namespace N{i} {{ {Plain(row.Data)} }}")]);

        Assert.NotEmpty(image);
    }

    [Fact]
    public async Task Compiler_of_the_sdk_takes_members_of_extension_blocks_that_call_themselves()
    {
        (byte[] image, _) = await SdkCompiler.CompileAsync(
            Usings, "public static class E { extension<T>(T t) { [RecordTool] public int F(int n) => n == 0 ? 0 : t.F(n - 1); } }");

        Assert.NotEmpty(image);
    }

    [Fact]
    public async Task Call_from_outside_is_recorded()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            "public static class C { [RecordTool] public static int F<T>(T t, int n) => n == 0 ? 0 : F(t, n - 1); public static int Use() => F(1, 2); }"));

        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation);

        Assert.Equal([RuleIds.RecordedCall, RuleIds.GenericRecursion], reported.Select(static d => d.Id).Order(StringComparer.Ordinal));
        Assert.Contains("[InterceptsLocation(", Assert.Single(GeneratedProgram.Create(compilation).GeneratedSources, static file => file.Key.StartsWith("Program", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
    }

    private static string Plain(string markup) => markup.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
