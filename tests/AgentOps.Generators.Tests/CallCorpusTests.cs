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
    // Diagnosed.
    [InlineData(RuleIds.NotAnOrdinaryMethod, "public static class C { public static int Use() { return M(); [RecordTool] int M() => 1; } }", "")]
    [InlineData(RuleIds.UnsupportedSignature, "public static class C { static int s; [RecordTool] public static ref int M() => ref s; }", "C.M()")]
    [InlineData(RuleIds.UnsupportedSignature, "public static class C { [RecordTool] public static void M(ref dynamic d) { } public static void Use() { object o = 1; M(ref o); } }", "")]
    [InlineData(RuleIds.UnsupportedSignature, "public ref struct R { [RecordTool] public int M() => 1; }", "new R().M()")]
    [InlineData(RuleIds.UnsupportedSignature, "public static class C { [RecordTool] public static Span<int> M() => default; }", "C.M().Length")]
    [InlineData(RuleIds.UnnameableType, "file static class C { [RecordTool] public static int M() => 1; }", "C.M()")]
    [InlineData(RuleIds.UnnameableType, "public static class C { private class P; [RecordTool] private static int M(P? p) => 1; public static int Use() => M(null); }", "")]
    [InlineData(RuleIds.UnnameableType, "public class O<T> { [RecordTool] public static T? M<T>() => default; }", "O<int>.M<string>()")]
    [InlineData(RuleIds.InaccessibleMethod, "public static class C { [RecordTool] private static int M() => 1; public static int Use() => M(); }", "")]
    [InlineData(RuleIds.MethodGroup, "public static class C { [RecordTool] public static int M() => 1; }", "(Func<int>)C.M")]
    [InlineData(RuleIds.MethodGroup, "public static class E { [RecordTool] public static int M(this string s) => 1; }", "(Func<int>)\"\".M")]
    [InlineData(RuleIds.BaseCall, "public class B { [RecordTool] public virtual int M() => 1; } public class D : B { public int Use() => base.M(); }", "")]
    [InlineData(RuleIds.TypeParameterReceiver, "public interface I { [RecordTool] int M(); } public static class C { public static int Use<T>(T t) where T : I => t.M(); }", "")]
    [InlineData(RuleIds.TypeParameterReceiver, "public interface I { [RecordTool] static abstract int M(); } public static class C { public static int Use<T>() where T : I => T.M(); }", "")]
    [InlineData(RuleIds.Dynamic, "public static class C { [RecordTool] public static int M(int n) => n; }", "C.M((dynamic)1)")]
    [InlineData(RuleIds.ExpressionTree, "public static class C { [RecordTool] public static int M() => 1; }", "(System.Linq.Expressions.Expression<Func<int>>)(() => C.M())")]
    [InlineData(RuleIds.UnsupportedSyntax, "public sealed class C { [RecordTool] public int M() => 1; }", "(new C().M)()")]
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
        Assert.Equal(isIntercepted ? "" : Assert.Single(here).Id, ruleId);
        Assert.NotEqual(isIntercepted, here.Length > 0);
        using var image = new MemoryStream();
        Assert.Empty(updated.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics.Where(
            static d => d.Severity == DiagnosticSeverity.Error || d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true));
    }
}
