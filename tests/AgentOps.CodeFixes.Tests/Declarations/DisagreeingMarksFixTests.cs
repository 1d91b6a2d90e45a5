using AgentOps.CodeFixes.Declarations;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.RecordedMethodAnalyzer, AgentOps.CodeFixes.Declarations.DisagreeingMarksFix>;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0110: base and override are marked alike.</summary>
public sealed class DisagreeingMarksFixTests
{
    [Fact]
    public async Task Interface_gets_the_mark_of_what_implements_it_and_calls_through_it_are_recorded()
    {
        const string Rest =
            """
            public class Tool : ITool
            {
                [RecordTool("do")] public int Do() => 1;
            }
            public static class Program
            {
                public static Session Run() { using var session = Session.Start(); ITool tool = new Tool(); tool.Do(); return session; }
            }
            """;
        string mended = await Verify.MendAsync(RuleIds.MarksDisagree, "public interface ITool\n{\n    /// <summary>Does.</summary>\n    int Do(); // does\n}\n" + Rest);

        Assert.Equal("public interface ITool\n{\n    /// <summary>Does.</summary>\n    [RecordTool(\"do\")]\n    int Do(); // does\n}\n" + Rest, mended);
        Assert.Equal("do", Assert.Single((await GeneratedProgram.Create(mended).RunAsync<Session>()).ReadEvents().OfType<ToolEvent>()).DisplayName);
    }

    [Fact]
    public async Task Mark_that_is_not_the_bases_can_go() => Assert.Equal(
        "public class Base { [RecordTool] public virtual void Do() { } } public class Tool : Base { public override void Do() { } }",
        await Verify.MendAsync(
            RuleIds.MarksDisagree,
            "public class Base { [RecordTool] public virtual void Do() { } } public class Tool : Base { [RecordAction] public override void Do() { } }",
            RuleIds.MarksDisagree + DisagreeingMarksFix.Remove));

    [Fact]
    public async Task Import_comes_where_the_base_stands()
    {
        string[] mended = await Verify.MendAsync(RuleIds.MarksDisagree,
            [
                ("/a/Base.cs", "using System.Text;\nusing Zeta;\n\nnamespace A\n{\n    public abstract class Base { public abstract void Do(StringBuilder b, Z z); }\n}\nnamespace Zeta { public class Z; }\n"),
                ("/a/Tool.cs", "namespace A { public class Tool : Base { [RecordTool] public override void Do(System.Text.StringBuilder b, Zeta.Z z) { } } }"),
            ]);
        Assert.Contains("[RecordTool] public abstract void Do", mended[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_marked_each_base_once(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.MarksDisagree, scope,
        """
        public interface INAME { void Do(); void Go(); }
        public class ANAME : INAME { [RecordTool] public void Do() { } [RecordAction] public void Go() { } }
        public class BNAME : INAME { [RecordTool] public void Do() { } public void Go() { } }
        """));
}
