using AgentOps.CodeFixes.Declarations;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis.CodeFixes;
using Leaf = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Declarations.ConflictingMarksFix>;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.RecordedMethodAnalyzer, AgentOps.CodeFixes.Declarations.ConflictingMarksFix>;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0106: one of two marks is removed, or a promise that is not kept.</summary>
public sealed class ConflictingMarksFixTests
{
    [Theory]
    [InlineData("", "[RecordTool] public void Do() { }")]
    [InlineData(ConflictingMarksFix.Other, "[RecordAction(\"a\")] public void Do() { }")]
    public async Task Either_mark_can_go(string suffix, string after) => Assert.Equal(
        $"public class Tool {{ {after} }}",
        await Verify.MendAsync(RuleIds.ConflictingMarks, "public class Tool { [RecordTool] [RecordAction(\"a\")] public void Do() { } }", RuleIds.ConflictingMarks + suffix));

    [Fact]
    public async Task Comments_between_marks_stay() => Assert.Equal(
        "public class Tool\n{\n    [RecordTool] // a tool\n    // and an action\n    public void Do() { }\n}",
        await Verify.MendAsync(RuleIds.ConflictingMarks, "public class Tool\n{\n    [RecordTool] // a tool\n    // and an action\n    [RecordAction]\n    public void Do() { }\n}"));

    [Theory]
    [InlineData("[RecordTool(Leaf = true)]", "[RecordTool]")]
    [InlineData("[RecordTool(\"a\", Leaf = true)]", "[RecordTool(\"a\")]")]
    [InlineData("[RecordTool(Leaf = true, Capture = Capture.None)]", "[RecordTool(Capture = Capture.None)]")]
    public async Task Promise_is_taken_back(string before, string after) => Assert.Equal(
        $"public class Tool {{ {after} public void Do() => More(); [RecordTool] public void More() {{ }} }}",
        await Leaf.MendAsync(RuleIds.ConflictingMarks, $"public class Tool {{ {before} public void Do() => More(); [RecordTool] public void More() {{ }} }}", RuleIds.ConflictingMarks + ConflictingMarksFix.Leaf));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_but_the_first_are_removed(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.ConflictingMarks, scope,
        "public class NAME { [RecordTool, RecordAction, RecordLlm] public void Do() { } [RecordAction] [RecordTool] public void Go() { } }"));

    [Fact]
    public async Task All_promises_are_taken_back_once_each() => Assert.Equal(
        "public class Tool { [RecordTool] public void Do() { More(); More(); } [RecordTool] public void More() => Last(); [RecordTool] public void Last() { } }",
        await Leaf.MendAllAsync(
            RuleIds.ConflictingMarks,
            "public class Tool { [RecordTool(Leaf = true)] public void Do() { More(); More(); } [RecordTool(Leaf = true)] public void More() => Last(); [RecordTool] public void Last() { } }",
            RuleIds.ConflictingMarks + ConflictingMarksFix.Leaf));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_promises_that_are_not_kept_are_removed_each_once(FixAllScope scope, int files) => Assert.Equal(files, await Leaf.FilesMendedAsync(
        RuleIds.ConflictingMarks, scope,
        "public class NAME { [RecordTool] public void A() { } [RecordTool(Leaf = true)] public void B() { A(); A(); } [RecordTool(\"c\", Leaf = true)] public void C() { A(); } }",
        RuleIds.ConflictingMarks + ConflictingMarksFix.Leaf));
}
