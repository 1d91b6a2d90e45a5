using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests;

/// <summary><c>[DoNotRecord]</c>: which calls it leaves out, and that no rule speaks of them.</summary>
public sealed class OptOutTests
{
    private const string Tools = "public static class Tools { [RecordTool] public static int Do(int n) => n; }\n";

    [Theory]
    [InlineData("public static class Quiet { [DoNotRecord] public static int Use() => Tools.Do(1); }")]
    [InlineData("public static class Quiet { [DoNotRecord] public static int Use() { int a = 1; return ((Func<int>)(() => Tools.Do(a)))(); } }")]
    [InlineData("public static class Quiet { public static int Use() { return Once(); [DoNotRecord] int Once() => Tools.Do(1); } }")]
    [InlineData("public static class Quiet { public static int Use() { var once = [DoNotRecord] () => Tools.Do(1); return once(); } }")]
    [InlineData("[DoNotRecord] public static class Quiet { public static int Use() => Tools.Do(1); }")]
    [InlineData("[DoNotRecord] public static class Quiet { private static readonly int s_value = Tools.Do(1); public static int Use() => s_value; }")]
    [InlineData("[DoNotRecord] public static class Outer { public static class Inner { public static int Use() => Tools.Do(1); } } public static class Quiet { public static int Use() => Outer.Inner.Use(); }")]
    [InlineData("public static partial class Quiet { public static int Use() => Tools.Do(1); } [DoNotRecord] partial class Quiet;")]
    [InlineData("public static class Quiet { [DoNotRecord] private static int Value => Tools.Do(1); public static int Use() => Value; }")]
    [InlineData("public static class Quiet { private static int Value { [DoNotRecord] get => Tools.Do(1); } public static int Use() => Value; }")]
    [InlineData("public static class Quiet { [DoNotRecord] private static readonly int s_value = Tools.Do(1); public static int Use() => s_value; }")]
    [InlineData("public sealed class Quiet { [DoNotRecord] private Quiet() => Value = Tools.Do(1); private int Value { get; } public static int Use() => new Quiet().Value; }")]
    public async Task Calls_that_marked_code_makes_are_left_out(string quiet)
    {
        RecordedRun run = await RecordedRun.Of(Tools + quiet, "Check.That(Quiet.Use() == 1); Check.That(Tools.Do(2) == 2);");

        Assert.Equal("n=2", run.Call.Arguments());
    }

    [Fact]
    public async Task Call_beside_a_marked_lambda_is_recorded()
    {
        RecordedRun run = await RecordedRun.Of(Tools, "int a = ((Func<int>)([DoNotRecord] () => Tools.Do(1)))(); Check.That(Tools.Do(2) + a == 3);");

        Assert.Equal("n=2", run.Call.Arguments());
    }

    [Fact]
    public async Task Mark_is_the_callers_and_says_nothing_of_calls_of_the_marked_method()
    {
        RecordedRun run = await RecordedRun.Of(
            "public static class Tools { [RecordTool] public static int Do(int n) => n; [RecordTool, DoNotRecord] public static int Outer(int n) => Do(n); }",
            "Tools.Outer(1);");

        Assert.Equal("Outer", run.Call.DisplayName);
    }

    [Fact]
    public async Task Mark_is_not_inherited()
    {
        RecordedRun run = await RecordedRun.Of(
            Tools + "[DoNotRecord] public class Base { public virtual int Use() => Tools.Do(1); } public class Derived : Base { public override int Use() => Tools.Do(2); }",
            "new Base().Use(); new Derived().Use();");

        Assert.Equal("n=2", run.Call.Arguments());
    }

    [Fact]
    public void Assembly_that_is_marked_has_no_interceptor()
    {
        var project = new GeneratorEdits(
            ("/project/Tools.cs", Tools), ("/project/Use.cs", "static class Use { static int It() => Tools.Do(1); }"), ("/project/Mark.cs", "[assembly: DoNotRecord]"));

        Assert.Equal(["RecordedMethods.AgentOps.g.cs"], project.Sources.Keys);
    }

    [Fact]
    public Task No_rule_speaks_of_marked_code() => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.MethodGroup,
        """
        public class Base { [RecordTool] public virtual int Do() => 1; }
        public sealed class Derived : Base
        {
            [DoNotRecord] public Func<int> Group() => Do;
            [DoNotRecord] public int OfBase() => base.Do();
            [DoNotRecord] public object Late(dynamic other) => other.Do();
            public Func<int> Reported() => [|Do|];
        }
        """);

    [Theory]
    [InlineData("public static int Use", "[DoNotRecord] public static int Use")]
    [InlineData("public static class First", "[DoNotRecord] public static class First")]
    [InlineData("=> Tools.Do(1)", "=> ((Func<int>)([DoNotRecord] () => Tools.Do(1)))()")]
    public void Mark_that_is_typed_takes_the_interceptor_away(string old, string text)
    {
        var project = new GeneratorEdits(("/project/Tools.cs", Tools), ("/project/First.cs", "public static class First { public static int Use() => Tools.Do(1); }"));
        Assert.Contains("First.AgentOps.g.cs", project.Sources.Keys);

        project.Replace("/project/First.cs", old, text);

        Assert.DoesNotContain("First.AgentOps.g.cs", project.Sources.Keys);
        Assert.Equal(project.FromScratch(), project.Texts());
    }
}
