using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Declarations.InvalidMarkFix>;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0101 and AOPS0102: a mark that nothing comes of is removed.</summary>
public sealed class InvalidMarkFixTests
{
    [Theory]
    [InlineData("[RecordTool] static int Local(int n) => n;", "static int Local(int n) => n;")]
    [InlineData("[RecordTool(\"local\")]\n        static int Local(int n) => n;", "static int Local(int n) => n;")]
    [InlineData("[RecordTool, Obsolete] static int Local(int n) => n;", "[Obsolete] static int Local(int n) => n;")]
    [InlineData("[Obsolete, RecordTool] static int Local(int n) => n;", "[Obsolete] static int Local(int n) => n;")]
    [InlineData("[RecordTool] // records\n        static int Local(int n) => n;", "// records\n        static int Local(int n) => n;")]
    public async Task Mark_of_a_local_function_is_removed(string before, string after) => Assert.Equal(
        $"public static class Use\n{{\n    public static int It()\n    {{\n        {after}\n        return Local(1);\n    }}\n}}",
        await Verify.MendAsync(RuleIds.NotAnOrdinaryMethod, $"public static class Use\n{{\n    public static int It()\n    {{\n        {before}\n        return Local(1);\n    }}\n}}"));

    [Fact]
    public async Task Mark_of_a_signature_that_is_not_recorded_is_removed_where_it_stands()
    {
        string[] mended = await Verify.MendAsync(RuleIds.UnsupportedSignature,
            [
                ("/a/Derived.cs", "public class Derived : Base { public override void Do(__arglist) { } public static void It() => new Derived().Do(__arglist(1)); }"),
                ("/a/Base.cs", "public class Base\n{\n    /// <summary>Does.</summary>\n    [RecordTool]\n    public virtual void Do(__arglist) { }\n}"),
            ]);

        Assert.Equal("public class Base\n{\n    /// <summary>Does.</summary>\n    public virtual void Do(__arglist) { }\n}", mended[1]);
    }

    [Fact]
    public async Task Code_without_the_mark_runs_as_before() => Assert.Equal(3, await GeneratedProgram.Create(await Verify.MendAsync(
        RuleIds.NotAnOrdinaryMethod,
        "public static class Program { public static int Run() { [RecordTool] static int Local(int n) => n + 1; return Local(2); } }")).RunAsync<int>());

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_removed(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.NotAnOrdinaryMethod, scope,
        """
        public static class NAME
        {
            public static int It()
            {
                [RecordTool] static int A(int n) => n;
                [RecordTool]
                static int B(int n) => n;
                return A(1) + A(2) + B(3);
            }
        }
        """));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_marks_of_signatures_that_are_not_recorded_are_removed(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.UnsupportedSignature, scope,
        "public static class NAME { [RecordTool] public static void Do(__arglist) { } [RecordAction] public static void Go(__arglist) { } public static void It() { Do(__arglist(1)); Do(__arglist(2)); Go(__arglist(3)); } }"));
}
