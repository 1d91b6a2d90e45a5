using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>Each rule of the analyzer: what it reports and where, and what it leaves alone.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public Task Local_function_is_reported() => Verify(
        RuleIds.NotAnOrdinaryMethod,
        """
        public static class Program
        {
            public static int Run()
            {
                [RecordTool] static int Local(int n) => n;
                return [|Local|](1) + Ordinary(2);
            }
            [RecordTool] public static int Ordinary(int n) => n;
        }
        """);

    [Fact]
    public Task Signature_that_is_not_recorded_is_reported() => Verify(
        RuleIds.UnsupportedSignature,
        """
        public ref struct Window { [RecordTool] public int Look() => 1; }
        public static unsafe class Tools
        {
            private static int s_field;
            [RecordTool] public static void Variable(int n, __arglist) { }
            [RecordTool] public static ref int ByReference() => ref s_field;
            [RecordTool] public static void Pointer(int* p) { }
            [RecordTool] public static Span<int> Slice(int[] a) => a;
            public static void Use()
            {
                [|Variable|](1, __arglist(2));
                ByReference() = 1;
                Pointer(null);
                Slice([]);
                new Window().Look();
            }
        }
        """);

    [Fact]
    public Task Type_that_cannot_be_named_is_reported() => Verify(
        RuleIds.UnnameableType,
        """
        file sealed class Hidden { [RecordTool] public int Do() => 1; }
        file sealed class Item;
        public sealed class Program
        {
            private sealed class Nested { [RecordTool] public int Do() => 1; }
            internal sealed class Open { [RecordTool] public int Do() => 1; }
            [RecordTool] private static int Take(List<Nested[]>? items) => 1;
            public static void Run()
            {
                new Hidden().[|Do|]();
                new Nested().[|Do|]();
                new Open().Do();
                [|Take|](null);
                Generic<Nested>.Do();
                Generic<Item>.Do();
            }
        }
        internal static class Generic<T> { [RecordTool] public static T? Do() => default; }
        """);

    [Theory]
    [InlineData(7, "[|Instance|](); [|Generic|](1); Open();", "[|Own|]();")]
    [InlineData(8, "Instance(); [|Generic|](1); Open();", "[|Own|]();")]
    [InlineData(9, "Instance(); Generic(1); Open();", "[|Own|]();")]
    [InlineData(10, "Instance(); Generic(1); Open();", "Own();")]
    public Task Method_that_the_target_framework_gives_no_way_to_is_reported(int version, string calls, string staticCall) => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.InaccessibleMethod,
        [("/project/Program.cs",
            $$"""
            using AgentOps;
            public class Tools
            {
                [RecordTool] private void Instance() { }
                [RecordTool] protected void Generic<T>(T item) { }
                [RecordTool] internal void Open() { }
                public void Use() { {{calls}} }
            }
            public static class Static { [RecordTool] private static void Own() { } public static void Use() { {{staticCall}} } }
            namespace AgentOps { public class RecordToolAttribute : System.Attribute; }
            namespace AgentOps.Recording { public struct CallScope; }
            """)],
        change: compilation => compilation.WithReferences(TargetFramework.Version(version)).RemoveSyntaxTrees(compilation.SyntaxTrees[1]));

    [Fact]
    public Task Method_that_becomes_a_delegate_is_reported() => Verify(
        RuleIds.MethodGroup,
        """
        public static class Tools
        {
            [RecordTool] public static int Twice(int n) => n * 2;
            [RecordTool] public static void Handle(object? sender, EventArgs e) { }
            public static event EventHandler? Happened;
            public static string Use()
            {
                Func<int, int> f = [|Twice|];
                var inferred = [|Tools.Twice|];
                Happened += [|Handle|];
                new Thread(static () => Twice(1)).Start();
                _ = new[] { 1 }.Select([|Twice|]).Select(n => Twice(n));
                return nameof(Twice) + nameof(Tools.Twice);
            }
        }
        """);

    [Fact]
    public Task Base_call_is_reported() => Verify(
        RuleIds.BaseCall,
        """
        public class Base { [RecordTool] public virtual int Do() => 1; [RecordTool] public int Other() => 2; }
        public class Derived : Base { public override int Do() => base.[|Do|]() + base.[|Other|]() + this.Other() + Do(); }
        """);

    [Fact]
    public Task Call_on_a_type_parameter_is_reported() => Verify(
        RuleIds.TypeParameterReceiver,
        """
        public interface ITool { [RecordTool] int Do(); [RecordTool] static abstract int Make(); }
        public static class Use
        {
            public static int Any<T>(T tool) where T : ITool => tool.[|Do|]() + (tool?.[|Do|]() ?? 0) + T.[|Make|]();
            public static int Struct<T>(T tool) where T : struct, ITool => tool.[|Do|]();
            public static int Class<T>(T tool) where T : class, ITool => tool.Do() + (tool?.Do() ?? 0);
            public static int Plain(ITool tool) => tool.Do();
        }
        """);

    [Fact]
    public Task Dynamic_call_is_reported() => Verify(
        RuleIds.Dynamic,
        """
        public static class Tools
        {
            [RecordTool] public static int Do(int n) => n;
            public static int Use(dynamic value) => [|Do(value)|] + Do((int)value) + value.[|Do|](1) + value?.[|Do|](1) + value.Other(1);
        }
        """);

    [Fact]
    public Task Call_in_an_expression_tree_is_reported() => Verify(
        RuleIds.ExpressionTree,
        """
        using System.Linq.Expressions;
        public static class Tools
        {
            [RecordTool] public static int Do(int n) => n;
            public static void Use(IQueryable<int> data)
            {
                Expression<Func<int>> e = () => [|Do|](1);
                Expression<Func<Func<int>>> nested = () => () => [|Do|](2);
                Func<int> f = () => Do(3);
                _ = data.Where(n => [|Do|](n) > 0);
                _ = from n in data where [|Do|](n) > 0 select n;
                _ = from n in data.AsEnumerable() where Do(n) > 0 select n;
            }
        }
        """);

    [Fact]
    public Task Files_of_the_same_content_are_reported()
    {
        const string Same = "file static class Part { public static int Use() => Tools.[|Do|](1); }";
        return AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
            RuleIds.DuplicateContent,
            [
                ("/project/Tools.cs", "public static class Tools { [RecordTool] public static int Do(int n) => n; public static int Use() => Do(2); }"),
                ("/project/A.cs", Same),
                ("/project/B.cs", Same),
            ]);
    }

    [Fact]
    public Task Call_that_is_not_written_as_one_is_reported() => Verify(
        RuleIds.UnsupportedSyntax,
        """
        public sealed class Bag : System.Collections.IEnumerable
        {
            [RecordTool] public void Add(int n) { }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw new NotSupportedException();
        }
        public sealed class Query { [RecordTool] public Query Select(Func<int, int> f) => this; }
        public static class Use
        {
            public static void All()
            {
                _ = new Bag { {|AOPS0207:1|}, [|2|] };
                new Bag().Add(3);
                _ = from n in new Query() [|select n|];
                _ = new Query().Select(n => n);
                [|(new Query().Select)(n => n)|];
            }
        }
        """);

    [Fact]
    public Task Recorded_method_of_an_extension_block_is_reported() => Verify(
        RuleIds.UnsupportedSignature,
        """
        public static class Extensions
        {
            extension(string text) { [RecordTool] public int Words() => 1; }
            [RecordTool] public static int Letters(this string text) => 2;
            public static int Use() => "a".[|Words|]() + "a".Letters();
        }
        """);

    [Fact]
    public async Task Refusal_of_an_extension_block_names_it_as_the_reason()
    {
        var compilation = GeneratedProgram.Compile(("/project/Program.cs",
            """public static class Extensions { extension(string text) { [RecordTool] public int Words() => 1; } public static int Use() => "a".Words(); }"""));

        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation));

        Assert.Contains("extension block", reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public Task Missing_list_of_namespaces_is_reported_once() => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.NamespaceNotListed,
        [
            ("/project/A.cs", "public static class A { public static int Use() => Tools.[|Do|](1); }"),
            ("/project/B.cs", "public static class B { public static int Use() => Tools.Do(2); }"),
            ("/project/C.cs", "public static class Tools { [RecordTool] public static int Do(int n) => n; }"),
        ],
        change: static compilation => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(
            static tree => tree.WithRootAndOptions(tree.GetRoot(), GeneratedProgram.ParseOptions.WithFeatures([])))));

    [Fact]
    public Task Nothing_is_reported_where_nothing_is_recorded() => Verify(
        RuleIds.MethodGroup,
        """
        public class Tools
        {
            public static int Plain(int n) => n;
            [RecordTool] public static int Uncalled(int n) => n;
            public virtual void Virtual() { }
            public void Use(dynamic d) { Func<int, int> f = Plain; d.Plain(1); int Local() => 1; _ = Local() + Plain((int)d); }
        }
        public class Derived : Tools { public override void Virtual() => base.Virtual(); }
        """);

    [Fact]
    public Task Nothing_is_reported_without_the_runtime() => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.MethodGroup,
        [("/project/A.cs",
            """
            namespace AgentOps { public sealed class RecordToolAttribute : Attribute; }
            public static class Tools { [RecordTool] public static int Do(int n) => n; public static Func<int, int> Use() => Do; }
            """)],
        change: static compilation => compilation.WithReferences(GeneratedProgram.References.Where(
            static reference => Path.GetFileName(((PortableExecutableReference)reference).FilePath) != "AgentOps.dll")));

    [Theory]
    [InlineData("false")]
    [InlineData(" False ")]
    public Task Only_a_hint_is_reported_when_recording_is_switched_off(string value) => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.SwitchedOff,
        [("/project/A.cs", "public static class Tools { [RecordTool] public static int [|Do|](int n) => n; public static Func<int, int> Use() => Do; }")],
        new Dictionary<string, string> { ["AgentOpsRecording"] = value });

    [Fact]
    public void Every_rule_has_a_descriptor_that_says_what_to_do()
    {
        string[] ids = [.. typeof(RuleIds).GetFields().Select(static field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)];

        Assert.Equal(ids, AllAnalyzers.Rules.Select(static rule => rule.Id).Distinct());
        Assert.All(AllAnalyzers.Rules, static rule => Assert.Contains(";", rule.MessageFormat.ToString(), StringComparison.Ordinal));
    }

    private static Task Verify(string ruleId, string markup) => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(ruleId, markup);
}
