using System.Collections.Immutable;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentOps.Generators.Tests;

/// <summary>
/// Generator and analyzer never disagree: of all ways to use a recorded method <c>M</c>, each is either intercepted or
/// diagnosed, and what is intercepted can be emitted.
/// </summary>
public sealed class CallCorpusTests
{
    [Theory]
    // Intercepted.
    [InlineData("", "public sealed class C { [RecordTool] public int M() => 1; }", "new C().M()")]
    [InlineData("", "public sealed class C { [RecordTool] public int M() => 1; }", "((C?)new C())?.M()")]
    [InlineData("", "public sealed class C { public C Self => this; [RecordTool] public int M() => 1; }", "((C?)new C())?.Self.M()")]
    [InlineData("", "public sealed class C { [RecordTool] public int M() => 1; }", "((C?)new C())!.M()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; }", "C.M()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; }", "global::C.M()")]
    [InlineData("", "public static class C { [RecordTool] public static int @M() => 1; }", "C.@M()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; }", "C.\\u004D()")]
    [InlineData("", "public static class C { [RecordTool] public static int M(int a, int b = 2, params int[] c) => 1; }", "C.M(b: 1, a: 2)")]
    [InlineData("", "public static class C { [RecordTool] public static T M<T>(T t) => t; }", "C.M(new { A = 1 })")]
    [InlineData("", "public static class C<T> { [RecordTool] public static T? M() => default; }", "C<List<int>>.M()")]
    [InlineData("", "public class O<T> { public class I<U> where U : T { [RecordTool] public (T, U) M(T t, U u) => (t, u); } }", "new O<object>.I<string>().M(1, \"a\")")]
    [InlineData("", "public struct S { [RecordTool] public int M() => 1; }", "new S().M()")]
    [InlineData("", "public readonly struct S { [RecordTool] public int M() => 1; }", "new S().M()")]
    [InlineData("", "public interface I { [RecordTool] int M(); } public sealed class C : I { int I.M() => 1; }", "((I)new C()).M()")]
    [InlineData("", "public interface I { [RecordTool] int M() => 1; } public sealed class C : I;", "((I)new C()).M()")]
    [InlineData("", "public interface I { [RecordTool] int M(); } public sealed class C : I { public int M() => 1; }", "new C().M()")]
    [InlineData("", "public abstract class B { [RecordTool] public abstract object M(); } public sealed class C : B { public override string M() => \"\"; }", "new C().M()")]
    [InlineData("", "public static class E { [RecordTool] public static int M(this string s) => 1; }", "\"\".M()")]
    [InlineData("", "public static class E { [RecordTool] public static int M(this string s) => 1; }", "E.M(\"\")")]
    [InlineData("", "public static class E { [RecordTool] public static int M<T>(this T s) where T : class => 1; }", "\"\".M()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; }", "((Func<int>)(() => C.M()))()")]
    [InlineData("", "public static class C { [RecordTool] public static Func<int> M() => () => 1; }", "C.M()()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; }", "(1 switch { _ => C.M() })")]
    [InlineData("", "public static class C { [RecordTool] public static string M() => \"\"; }", "$\"{C.M()}\"")]
    [InlineData("", "public static class C { [RecordTool] public static int M(dynamic d) => 1; }", "C.M((object)1)")]
    [InlineData("", "public static class C { [RecordTool] public static dynamic M(int a, dynamic b) => b; }", "(object)C.M(1, (object)1)")]
    [InlineData("", "public static class C { [RecordTool] public static Task<dynamic> M(List<dynamic> b) => null!; }", "C.M([])")]
    [InlineData("", "public static class C { [RecordTool] public static int M(ReadOnlySpan<int> s, scoped Span<int> t) => 1; }", "C.M([1], stackalloc int[1])")]
    [InlineData("", "public partial class C { public partial int M(); } public partial class C { [RecordTool] public partial int M() => 1; }", "new C().M()")]
    [InlineData("", "public static class C { [Obsolete(\"old\")] [RecordTool] public static int M() => 1; }", "C.M()")]
    [InlineData("", "public static class C { public static int Use<T>(T t) where T : class, I => t.M(); } public interface I { [RecordTool] int M(); }", "")]
    [InlineData("", "public interface I { [RecordTool] int M(); } public class B : I { public virtual int M() => 1; } public class D : B { public override int M() => 2; }", "new D().M()")]
    [InlineData("", "public interface I { [RecordTool] static abstract int M(); } public class C : I { public static int M() => 1; }", "C.M()")]
    // Private and protected methods: through an accessor.
    [InlineData("", "public class C { [RecordTool] private int M() => 1; public int Use() => M(); }", "")]
    [InlineData("", "public class C { [RecordTool] private static int M() => 1; public static int Use() => M(); }", "")]
    [InlineData("", "public static class C { [RecordTool] private static int M() => 1; public static int Use() => M(); }", "")]
    [InlineData("", "public static class C<T> where T : notnull { [RecordTool] private static U M<U>(T t, U u) where U : struct => u; public static int Use(T t) => M(t, 1); }", "")]
    [InlineData("", "public class C<T> { public class N<U> where U : T { [RecordTool] private V M<V>(T t, U u, V v) where V : class => v; public string Use(T t, U u) => M(t, u, \"\"); } }", "")]
    [InlineData("", "public struct C { [RecordTool] private int M() => 1; public int Use() => M(); }", "")]
    [InlineData("", "public readonly struct C { [RecordTool] private static int M() => 1; public int Use() => M(); }", "")]
    [InlineData("", "public ref struct C { [RecordTool] private int M() => 1; public int Use() => M(); }", "")]
    [InlineData("", "public abstract class B { [RecordTool] protected abstract int M(); } public class C : B { protected override int M() => 1; public int Use() => this.M(); }", "")]
    [InlineData("", "public class B { [RecordTool] private protected static int M() => 1; } public class C : B { public int Use() => M(); }", "")]
    [InlineData("", "public class B { [RecordTool] protected internal int M() => 1; } public class C : B { public int Use() => M(); }", "")]
    [InlineData("", "public interface I { [RecordTool] private int M() => 1; int Use() => M(); }", "")]
    [InlineData("", "public interface I { [RecordTool] private static int M() => 1; int Use() => M(); }", "")]
    [InlineData("", "public class O { private static class C { [RecordTool] internal static int M(int n) => n; } public static int Use() => C.M(1); }", "")]
    [InlineData("", "public class O { private class C<T> { [RecordTool] internal static T M(T t) => t; } public static int Use() => C<int>.M(1); }", "")]
    [InlineData("", "file static class C { [RecordTool] public static int M() => 1; }", "C.M()")]
    // Signatures.
    [InlineData("", "public static class C { static int s; [RecordTool] public static ref int M() => ref s; }", "C.M()")]
    [InlineData("", "public static class C { static string s = \"\"; [RecordTool] public static ref readonly string M(ref int a, in int b, scoped ref long c) => ref s; public static void Use() { int a = 1; long c = 2; _ = M(ref a, a, ref c); } }", "")]
    [InlineData("", "public struct S { int f; [RecordTool] [System.Diagnostics.CodeAnalysis.UnscopedRef] public ref int M() => ref f; public static void Use() { var s = new S(); s.M() = 1; } }", "")]
    [InlineData("", "public static class C { [RecordTool] public static ref T M<T>(T[] a) => ref a[0]; }", "C.M(new[] { \"\" })")]
    [InlineData("", "public static class C { [RecordTool] public static Span<int> M(Span<int> a, ref int b) => a; public static int Use() { int b = 0; return M([1], ref b).Length; } }", "")]
    [InlineData("", "public static class C { [RecordTool] public static ReadOnlySpan<char> M(string a) => a; }", "C.M(\"a\").Length")]
    [InlineData("", "public static class C { [RecordTool] public static ref Span<int> M(ref Span<int> a) => ref a; public static void Use() { Span<int> a = default; M(ref a) = default; } }", "")]
    [InlineData("", "public static class C { [RecordTool] public static T M<T>(scoped in T a, T b) where T : allows ref struct => b; public static void Use() { Span<int> a = default; M(in a, a).Clear(); } }", "")]
    [InlineData("", "public ref struct R { [RecordTool] public int M() => 1; }", "new R().M()")]
    [InlineData("", "public readonly ref struct R { [RecordTool] public int M(ref int a, ReadOnlySpan<char> b) => 1; public static void Use() { int a = 0; new R().M(ref a, \"\"); } }", "")]
    [InlineData("", "public static unsafe class C { [RecordTool] public static int* M(int* p, void** q, delegate*<int, void> f, delegate* unmanaged[Cdecl]<ref int, int*> g, int*[] h) => p; public static void Use() => M(null, null, null, null, []); }", "")]
    [InlineData("", "public static unsafe class C { [RecordTool] public static List<int*[]> M<T>(T* p) where T : unmanaged => []; public static void Use() { int i = 0; M(&i); } }", "")]
    [InlineData("", "public unsafe struct S { [RecordTool] public int M() => 1; public static int Use(S* p) => p->M(); }", "")]
    [InlineData("", "public unsafe struct S { [RecordTool] public int M() => 1; public static int Use(S* p) => (*p).M(); }", "")]
    [InlineData("", "public static class C { [RecordTool] public static int M(scoped ReadOnlySpan<char> a, scoped ref int b, params Span<int> c) => 1; public static void Use() { int b = 0; M(\"\", ref b, 1, 2); } }", "")]
    [InlineData("", "public static class C { [RecordTool] public static int M(params IReadOnlyList<string> c) => 1; }", "C.M(\"a\", \"b\")")]
    [InlineData("", "public static class C { [RecordTool] public static int M([System.Diagnostics.CodeAnalysis.UnscopedRef] out int a) { a = 1; return 1; } }", "C.M(out _)")]
    [InlineData("", "public static class C { [RecordTool] public static void M(ref dynamic d) { } public static void Use() { object o = 1; M(ref o); } }", "")]
    [InlineData("", "public static class C { [RecordTool] public static void M(out dynamic d, in dynamic e) => d = e; public static void Use() => M(out object d, (object)1); }", "")]
    [InlineData("", "public static class C { [RecordTool] public static void M(ref (int A, string? B) t, ref List<dynamic?> d) { } public static void Use() { (int A, string? B) t = default; List<dynamic?> d = []; M(ref t, ref d); } }", "")]
    // Generics.
    [InlineData("", "public class O<T> { [RecordTool] public static (T?, U?) M<U>() => default; public class I<U> { } }", "O<int>.M<string>()")]
    [InlineData("", "public class O<T> {\n#pragma warning disable CS0693\n[RecordTool] public static T? M<T>() => default; }", "O<int>.M<string>()")]
    [InlineData("", "public class O<T> {\n#pragma warning disable CS0693\npublic class I<T> where T : new() { [RecordTool] public List<T> M<T_>(T t, T_ u) => [t]; } }", "new O<int>.I<object>().M(1, 2)")]
    [InlineData("", "public static class C { [RecordTool] public static int M<CallScope, ResultCapture>(CallScope PayloadWriter, ResultCapture s_site0) => 1; }", "C.M(1, 2)")]
    [InlineData("", "public static class C { [RecordTool] public static int M<@class, @in>(@class @event, @in @ref) => 1; }", "C.M(1, 2)")]
    [InlineData("", "public class B; public interface I<T>; public static class C { [RecordTool] public static int M<T, U, V, W>(T t, U u, V? v, W w) where T : B, I<U>, new() where U : unmanaged, Enum where V : class? where W : notnull => 1; public class D : B, I<DayOfWeek>; }", "C.M(new C.D(), DayOfWeek.Monday, \"\", DayOfWeek.Friday)")]
    [InlineData("", "public abstract class B { [RecordTool] public abstract T? M<T>(T? t); } public class C : B { public override T? M<T>(T? t) where T : default => t; }", "new C().M(1)")]
    [InlineData("", "public static class C { [RecordTool] public static IEnumerable<T> M<T>(IEnumerable<T> t) => t; }", "C.M(new[] { new { A = 1 } }.Where(t => t.A > 0))")]
    [InlineData("", "public static class C { private class P; [RecordTool] public static int M<T>(T t) => 1; public static int Use() => M(new P()); }", "")]
    // Declarations of every kind.
    [InlineData("", "public record C(int N) { [RecordTool] public int M() => N; }", "new C(1).M()")]
    [InlineData("", "public readonly record struct C(int N) { [RecordTool] public int M() => N; }", "new C(1).M()")]
    [InlineData("", "public static class C { [RecordTool] [System.Runtime.InteropServices.DllImport(\"none\")] public static extern int M(int n); }", "C.M(1)")]
    [InlineData("", "public static class C { [RecordTool] [System.Diagnostics.Conditional(\"NEVER\")] public static void M() { } public static void Use() => M(); }", "")]
    [InlineData("", "public static class C { [Obsolete(\"old\", true)] [RecordTool] public static int M() => 1; [Obsolete] public static int Use() => M(); }", "")]
    [InlineData("", "public static class C { [System.Diagnostics.CodeAnalysis.Experimental(\"EXP1\")] [RecordTool] public static int M() => 1;\n#pragma warning disable EXP1\npublic static int Use() => M(); }", "")]
    [InlineData("", "public static class C { [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode(\"no\")] [RecordTool] public static int M() => 1; }", "C.M()")]
    [InlineData("", "public static class C { [RecordTool] public static async void M() => await Task.Yield(); public static void Use() => M(); }", "")]
    [InlineData("", "public static class C { [RecordTool] public static System.Runtime.CompilerServices.ConfiguredTaskAwaitable<int> M() => Task.FromResult(1).ConfigureAwait(false); }", "C.M()")]
    [InlineData("", "public abstract class B { public virtual B M() => this; } public sealed class C : B { [RecordTool] public override C M() => this; }", "new C().M()")]
    [InlineData("", "namespace N { public static class C { [RecordTool] public static int M() => 1; } } public static class C;", "N.C.M()")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1; public static int F = M(); }", "")]
    [InlineData("", "public class B(int n) { public int N => n; } public class C() : B(M()) { [RecordTool] static int M() => 1; }", "")]
    [InlineData("", "public static class C { [RecordTool] public static int M() => 1;\n#line 100 \"other.cs\"\npublic static int Use() => M();\n#line default\n}", "")]
    // Diagnosed.
    [InlineData(RuleIds.NotAnOrdinaryMethod, "public static class C { public static int Use() { return M(); [RecordTool] int M() => 1; } }", "")]
    [InlineData(RuleIds.UnsupportedSignature, "public static class C { [RecordTool] public static void M(__arglist) { } public static void Use() => M(__arglist(1)); }", "")]
    [InlineData(RuleIds.UnnameableType, "file class C { [RecordTool] public int M() => 1; }", "new C().M()")]
    [InlineData(RuleIds.UnnameableType, "public static class C { private class P; [RecordTool] private static int M(P? p) => 1; public static int Use() => M(null); }", "")]
    [InlineData(RuleIds.UnnameableType, "public static class C { private class P; [RecordTool] private static P? M() => null; public static object? Use() => M(); }", "")]
    [InlineData(RuleIds.UnnameableType, "public static class C { private interface P; [RecordTool] private static int M<T>(T t) where T : P? => 1; public static object? Use() => M((P?)null); }", "")]
    [InlineData(RuleIds.MethodGroup, "public static class C { [RecordTool] public static int M() => 1; }", "(Func<int>)C.M")]
    [InlineData(RuleIds.MethodGroup, "public static class E { [RecordTool] public static int M(this string s) => 1; }", "(Func<int>)\"\".M")]
    [InlineData(RuleIds.MethodGroup, "public static unsafe class C { [RecordTool] public static int M() => 1; public static void Use() { delegate*<int> f = &M; } }", "")]
    [InlineData(RuleIds.BaseCall, "public class B { [RecordTool] public virtual int M() => 1; } public class D : B { public int Use() => base.M(); }", "")]
    [InlineData(RuleIds.BaseCall, "public class B { [RecordTool] protected virtual int M() => 1; } public class D : B { public int Use() => base.M(); }", "")]
    [InlineData(RuleIds.TypeParameterReceiver, "public interface I { [RecordTool] int M(); } public static class C { public static int Use<T>(T t) where T : I => t.M(); }", "")]
    [InlineData(RuleIds.TypeParameterReceiver, "public interface I { [RecordTool] int M(); } public static class C { public static int Use<T>(T t) where T : I, allows ref struct => t.M(); }", "")]
    [InlineData(RuleIds.TypeParameterReceiver, "public interface I { [RecordTool] static abstract int M(); } public static class C { public static int Use<T>() where T : I => T.M(); }", "")]
    [InlineData(RuleIds.Dynamic, "public static class C { [RecordTool] public static int M(int n) => n; }", "C.M((dynamic)1)")]
    [InlineData(RuleIds.ExpressionTree, "public static class C { [RecordTool] public static int M() => 1; }", "(System.Linq.Expressions.Expression<Func<int>>)(() => C.M())")]
    [InlineData(RuleIds.UnsupportedSyntax, "public sealed class C { [RecordTool] public int M() => 1; }", "(new C().M)()")]
    // Neither: nothing is called, or nothing is recorded.
    [InlineData("none", "public static class C { [RecordTool] public static int M() => 1; }", "nameof(C.M)")]
    public async Task Use_is_either_intercepted_or_diagnosed(string ruleId, string declarations, string expression)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/Program.cs",
            $$"""
            {{declarations}}
            public static class Program { {{(expression.Length == 0 ? "" : $"public static void Run() {{ _ = {expression}; }}")}} }
            """));
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SimpleNameSyntax use = Assert.Single(tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>(), static name => name.Identifier.ValueText == "M");

        GeneratedProgram.CreateDriver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _, TestContext.Current.CancellationToken);
        SemanticModel model = updated.GetSemanticModel(tree);
        bool isIntercepted = use.AncestorsAndSelf().OfType<InvocationExpressionSyntax>()
            .Any(call => model.GetInterceptorMethod(call, TestContext.Current.CancellationToken) is not null);
        ImmutableArray<Diagnostic> reported = await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation);
        Diagnostic[] here = [.. reported.Where(d => d.Location.SourceTree == tree && d.Location.SourceSpan.IntersectsWith(use.Span))];

        Assert.Equal(reported, here);
        string outcome = here.Length == 0 ? "none" : Assert.Single(here).Id;
        Assert.Equal(isIntercepted, ruleId.Length == 0);
        Assert.Equal(isIntercepted ? RuleIds.RecordedCall : ruleId, outcome);
        using var image = new MemoryStream();
        Assert.Empty(updated.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(
            static d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
    }
}
