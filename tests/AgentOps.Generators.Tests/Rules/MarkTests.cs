using System.Globalization;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>AOPS0106 and AOPS0110: marks that contradict each other, what the method does, or what it overrides.</summary>
public sealed class MarkTests
{
    [Fact]
    public Task Second_mark_of_another_kind_is_reported() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.ConflictingMarks,
        """
        public static partial class Tools
        {
            [RecordTool, [|RecordAction|]] public static void Two() { }
            [RecordLlm(Model = "m")]
            [[|RecordTool("t")|], [|RecordAction|]]
            public static int {|AOPS0111:Three|}() => 1;
            [RecordTool] static partial void Parts();
            [[|RecordAction|]] static partial void Parts() { }
            [RecordTool, DoNotRecord, Obsolete] public static void One() { }
        }
        """);

    [Fact]
    public async Task Message_says_which_of_the_marks_counts()
    {
        var reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<RecordedMethodAnalyzer>(GeneratedProgram.Compile(("/project/Program.cs",
            "public static class Tools { [RecordTool, RecordAction] public static void Two() { } }"))));

        Assert.Equal(
            "'Two' is marked as [RecordTool] and as [RecordAction], and a call makes one event: [RecordTool] is recorded; remove this attribute or the other",
            reported.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task Leaf_that_calls_a_recorded_method_is_reported_at_the_call() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.ConflictingMarks,
        """
        public static class Tools
        {
            [RecordTool(Leaf = true)] public static int Outer(int n) => [|Inner|](n) + Plain(n);
            [RecordTool] public static int Inner(int n) => n;
            [RecordTool] public static int NoLeaf(int n) => Inner(n);
            [RecordTool(Leaf = true)] public static Func<int, int> Later() => static n => Inner(n);
            [RecordTool(Leaf = true), DoNotRecord] public static int Quiet(int n) => Inner(n);
            private static int Plain(int n) => n;
        }
        """);

    [Fact]
    public Task Override_that_is_recorded_otherwise_than_its_base_is_reported() => AnalyzerVerifier.VerifyAllAsync(
        RuleIds.MarksDisagree,
        """
        public interface ITool { int Ask(); [RecordTool("a")] int Same(); [RecordTool("a")] int Name(); [RecordTool] int Inherits(); int Nothing(); }
        public abstract class Base : ITool
        {
            [RecordTool] public virtual int [|Ask|]() => 1;
            [RecordTool("a")] public virtual int Same() => 1;
            [RecordTool("b")] public virtual int [|Name|]() => 1;
            public virtual int Inherits() => 1;
            public virtual int Nothing() => 1;
            [RecordAction] protected virtual void Kind() { }
            [RecordTool(Leaf = true)] protected virtual void Options() { }
        }
        public sealed class Derived : Base
        {
            [RecordTool] protected override void [|Kind|]() { }
            [RecordTool] protected override void [|Options|]() { }
            public override int Inherits() => 2;
        }
        public sealed class Explicit : ITool
        {
            [RecordTool] int ITool.[|Ask|]() => 1;
            [RecordTool("a")] int ITool.Same() => 1;
            int ITool.Name() => 1;
            [RecordTool] int ITool.Inherits() => 1;
            int ITool.Nothing() => 1;
        }
        """);

    [Fact]
    public Task Base_that_cannot_be_marked_or_need_not_be_is_not_spoken_of() => AnalyzerVerifier.VerifyAsync(
        AllAnalyzers.Create(),
        RuleIds.MarksDisagree,
        [("/project/Program.cs", """
        public sealed class Tool : IComparable<Tool> { [RecordTool] public int CompareTo(Tool? other) => 1; [RecordTool("text")] public override string ToString() => ""; }
        [RecordedInterface] public interface IAgent { void Act(); }
        public sealed class Agent : IAgent { [RecordAction("act")] public void Act() { } }
        public record Note(int N);
        public sealed record LongNote(int N) : Note(N) { [RecordTool("note")] public override string ToString() => ""; }
        public interface IPlan { void Plan(); }
        public partial class Planner : IPlan { [RecordAction] public partial void Plan(); private void PlanCore() { } }
        """)],
        change: GeneratedProgram.WithGenerated);

    [Fact]
    public async Task Message_names_both_and_points_to_the_other()
    {
        var reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<RecordedMethodAnalyzer>(GeneratedProgram.Compile(("/project/Program.cs",
            "public interface ITool { void Use(); } public sealed class Tool : ITool { [RecordTool(\"t\")] public void Use() { } }"))));

        Assert.Equal(
            "'Use' is recorded as the tool 't' and 'ITool.Use', through which it may be called, is not recorded; mark 'ITool.Use' alone, which covers both, or both alike",
            reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Use", reported.AdditionalLocations[0].SourceTree!.ToString().Substring(reported.AdditionalLocations[0].SourceSpan.Start, 3));
    }
}
