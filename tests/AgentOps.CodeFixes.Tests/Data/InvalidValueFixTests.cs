using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CaptureAnalyzer, AgentOps.CodeFixes.Data.InvalidValueFix>;

namespace AgentOps.CodeFixes.Tests.Data;

/// <summary>AOPS0107: a value that says nothing is removed.</summary>
public sealed class InvalidValueFixTests
{
    [Theory]
    [InlineData("[RecordTool(Capture = (Capture)8)] public void Do() { }", "[RecordTool] public void Do() { }")]
    [InlineData("[RecordTool(\"a\", Capture = (Capture)8, Leaf = true)] public void Do() { }", "[RecordTool(\"a\", Leaf = true)] public void Do() { }")]
    [InlineData("[RecordTool(\"a\", /* all */ Capture = (Capture)8)] public void Do() { }", "[RecordTool(\"a\")] public void Do() { }")]
    [InlineData("[RecordTool] public void Do([Redact((Redaction)9)] string name) { }", "[RecordTool] public void Do([Redact] string name) { }")]
    [InlineData("[Redact((Redaction)9)] public string Name => \"\";", "[Redact] public string Name => \"\";")]
    public async Task Value_is_removed(string before, string after)
    {
        string mended = await Verify.MendAsync(RuleIds.InvalidCaptureValue, $"public class Tool {{ {before} }}");

        Assert.Equal($"public class Tool {{ {after} }}", mended);
        GeneratedProgram.Create(mended);
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_removed(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.InvalidCaptureValue, scope,
        "public class NAME { [RecordTool(Capture = (Capture)8)] public void Do([Redact((Redaction)9)] string a, [Redact((Redaction)7)] string b) { } }"));
}
