using AgentOps.Generators.Diagnostics;
using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.MethodGroupFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0201: a method that becomes a delegate is wrapped in a lambda.</summary>
public sealed class MethodGroupFixTests
{
    private const string Tools = "public static class Tools { [RecordTool] public static int Add(int left, int right) => left + right; [RecordTool] public static int Twice(int n) => 2 * n; }\n";

    [Fact]
    public async Task Lambda_has_the_methods_parameters_and_its_calls_are_recorded()
    {
        string mended = await Verify.MendAsync(RuleIds.MethodGroup, Tools +
            """
            public static class Program
            {
                public static Session Run()
                {
                    using var session = Session.Start();
                    Func<int, int, int> add = Tools.Add; // adds
                    add(1, 2);
                    return session;
                }
            }
            """);

        Assert.Contains("Func<int, int, int> add = (left, right) => Tools.Add(left, right); // adds", mended, StringComparison.Ordinal);
        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();
        Assert.Equal("Add", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).DisplayName);
    }

    [Theory]
    [InlineData("Func<int, int> f = Tools.Twice;", "Func<int, int> f = n => Tools.Twice(n);")]
    [InlineData("var f = Tools.Twice;", "var f = (int n) => Tools.Twice(n);")]
    [InlineData("var f = (Func<int, int>)Tools.Twice;", "var f = (Func<int, int>)(n => Tools.Twice(n));")]
    [InlineData("_ = new[] { 1 }.Select(Tools.Twice).ToArray();", "_ = new[] { 1 }.Select(n => Tools.Twice(n)).ToArray();")]
    [InlineData("Delegate f = Tools.Twice;", "Delegate f = (int n) => Tools.Twice(n);")]
    [InlineData("Func<int, int>? g = null; var f = g ?? Tools.Twice;", "Func<int, int>? g = null; var f = g ?? (n => Tools.Twice(n));")]
    [InlineData("Func<int, int>[] f = [Tools.Twice];", "Func<int, int>[] f = [n => Tools.Twice(n)];")]
    [InlineData("var n = 1; Func<int, int> f = Tools.Twice;", "var n = 1; Func<int, int> f = n => Tools.Twice(n);")]
    public async Task Lambda_is_written_as_its_place_needs_it(string before, string after) => Assert.Equal(
        Tools + $"public static class Use {{ public static void It() {{ {after} }} }}",
        await Verify.MendAsync(RuleIds.MethodGroup, Tools + $"public static class Use {{ public static void It() {{ {before} }} }}"));

    [Theory]
    [InlineData("ref int n", "Change f = {0}", "(ref int n) => Do(ref n)")]
    [InlineData("in int n", "Look f = {0}", "(in int n) => Do(in n)")]
    [InlineData("out int n", "Make f = {0}", "(out int n) => Do(out n)")]
    public async Task Parameters_by_reference_stay_so(string parameter, string use, string lambda)
    {
        string source = $$"""
            public delegate void Change(ref int n);
            public delegate void Look(in int n);
            public delegate void Make(out int n);
            public static class Use
            {
                [RecordTool] private static void Do({{parameter}}) { {{(parameter.StartsWith("out", StringComparison.Ordinal) ? "n = 1;" : "")}} }
                public static void It() { {{string.Format(null, use, "Do")}}; }
            }
            """;
        Assert.Contains(string.Format(null, use, lambda) + ";", await Verify.MendAsync(RuleIds.MethodGroup, source), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_the_receiver_has_already_are_not_taken_by_parameters() => Assert.Contains(
        "Func<int, int> f = n2 => n.Do(n2);",
        await Verify.MendAsync(RuleIds.MethodGroup,
            """
            public sealed class Tool { [RecordTool] public int Do(int n) => n; }
            public static class Use { public static void It(Tool n) { Func<int, int> f = n.Do; } }
            """),
        StringComparison.Ordinal);

    [Fact]
    public async Task Keywords_as_names_are_escaped() => Assert.Contains(
        "Func<int, int> f = @class => Do(@class);",
        await Verify.MendAsync(RuleIds.MethodGroup,
            "public static class Use { [RecordTool] private static int Do(int @class) => @class; public static void It() { Func<int, int> f = Do; } }"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Tool", "tool = new Tool();")]
    [InlineData("Value", "")]
    public async Task Receiver_that_may_be_another_later_is_left_alone(string type, string later) => Assert.Empty(
        await Verify.OfferedAsync(RuleIds.MethodGroup,
            $$"""
            public sealed class Tool { [RecordTool] public int Do(int n) => n; }
            public struct Value { [RecordTool] public int Do(int n) => n; }
            public static class Use
            {
                public static Func<int, int> It()
                {
                    var tool = new {{type}}();
                    Func<int, int> f = tool.Do;
                    {{later}}
                    return f;
                }
                public static Tool Make() => new();
            }
            """));

    [Fact]
    public async Task Receiver_that_is_made_anew_is_left_alone() => Assert.Empty(
        await Verify.OfferedAsync(RuleIds.MethodGroup,
            "public sealed class Tool { [RecordTool] public int Do(int n) => n; public static Func<int, int> It() => new Tool().Do; }"));

    [Fact]
    public async Task Handler_that_is_taken_off_again_is_left_alone()
    {
        const string Source =
            """
            public sealed class Use
            {
                public event Action? Happened;
                [RecordTool] private void Handle() { }
                public void On() => Happened += Handle;
                public void Off() => Happened -= Handle;
            }
            """;
        Assert.Empty(await Verify.OfferedAsync(RuleIds.MethodGroup, Source));
        Assert.NotEmpty(await Verify.OfferedAsync(RuleIds.MethodGroup, Source.Replace("Happened -= Handle", "Happened = null", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Lambda_that_would_not_compile_is_not_offered() => Assert.Empty(
        await Verify.OfferedAsync(RuleIds.MethodGroup,
            """
            public struct Counter
            {
                private readonly string _name;
                [RecordTool] private static int Do(ref Span<int> n) => 1;
                public delegate int Taking(ref Span<int> n);
                public static unsafe void It() { delegate*<ref Span<int>, int> f = &Do; }
            }
            """));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_wrapped(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.MethodGroup, scope,
        """
        public static class NAME
        {
            [RecordTool] public static int Twice(int n) => 2 * n;
            public static void It() { Func<int, int> f = Twice; var g = Twice; Func<Func<int, int>> h = () => Twice; }
        }
        """));
}
