using System.Collections.Immutable;
using System.Globalization;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>What tells a reader that a call is recorded, and that nothing is while recording is switched off.</summary>
public sealed class MarkerTests
{
    private static readonly Dictionary<string, string> s_off = new() { ["AgentOpsRecording"] = "false" };

    [Fact]
    public Task Each_recorded_call_is_marked() => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.RecordedCall,
        """
        public class Tools
        {
            [RecordTool] public virtual int Do(int n) => n;
            public int Plain(int n) => n;
            public int Use() => [|Do|](this.[|Do|](1)) + Plain(2);
        }
        public sealed class Derived : Tools { public int OfBase() => base.{|AOPS0202:Do|}(1); }
        """);

    [Theory]
    [InlineData("[RecordTool(\"weather\")]", "This call of 'Do' is recorded as the tool 'weather';")]
    [InlineData("[RecordAction]", "This call of 'Do' is recorded as the action 'Do';")]
    [InlineData("[RecordLlm(Model = \"m\")]", "This call of 'Do' is recorded as the model call 'Do';")]
    public async Task Marker_says_what_the_call_is_recorded_as(string attribute, string message)
    {
        Diagnostic marker = Assert.Single(await Analyze($"static class Tools {{ {attribute} public static int Do() => 1; static int Use() => Do(); }}"));

        Assert.Equal((RuleIds.RecordedCall, DiagnosticSeverity.Hidden), (marker.Id, marker.Severity));
        Assert.StartsWith(message, marker.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Severity_of_the_marker_can_be_raised_for_an_audit()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(
            ("/project/Tools.cs", "static class Tools { [RecordTool] public static int Do() => 1; static int Use() => Do(); }"));
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(RuleIds.RecordedCall, ReportDiagnostic.Warn)));

        Diagnostic marker = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(compilation));

        Assert.Equal(DiagnosticSeverity.Warning, marker.Severity);
    }

    [Fact]
    public Task Files_of_the_same_content_are_not_marked() => AnalyzerVerifier.VerifyAsync<CallSiteAnalyzer>(
        RuleIds.RecordedCall,
        [
            ("/project/Tools.cs", "public static class Tools { [RecordTool] public static int Do() => 1; }"),
            ("/project/A.cs", "file static class Part { public static int Use() => Tools.{|AOPS0206:Do|}(); }"),
            ("/project/B.cs", "file static class Part { public static int Use() => Tools.{|AOPS0206:Do|}(); }"),
        ]);

    [Fact]
    public async Task While_recording_is_switched_off_one_hint_names_the_first_marked_method()
    {
        ImmutableArray<Diagnostic> reported = await Analyze(
            """
            class Tools
            {
                public virtual int Plain() => 1;
                [RecordTool] public virtual int Do() => 1;
                [RecordTool] private int Hidden() => 1;
                int Use() => Do() + Hidden();
                Func<int> Group() => Do;
            }
            """,
            s_off);

        Diagnostic hint = Assert.Single(reported);
        Assert.Equal((RuleIds.SwitchedOff, DiagnosticSeverity.Info), (hint.Id, hint.Severity));
        Assert.Contains("'Do'", hint.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(3, hint.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public async Task While_recording_is_switched_off_a_project_without_marks_hears_nothing()
    {
        Assert.Empty(await Analyze("static class Tools { public static int Do() => 1; static int Use() => Do(); }", s_off));
    }

    [Fact]
    public void While_recording_is_switched_off_nothing_but_the_list_for_other_projects_is_emitted()
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(
            ("/project/Tools.cs", "static class Tools { [RecordTool] public static int Do() => 1; static int Use() => Do(); }"));

        var project = new GeneratorEdits(compilation, new Dictionary<string, string>(s_off) { ["AgentOpsReport"] = "true" });

        Assert.Equal(["RecordedMethods.AgentOps.g.cs"], project.Sources.Keys);
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(string source, IReadOnlyDictionary<string, string>? properties = null) =>
        AnalyzerVerifier.AnalyzeAsync<CallSiteAnalyzer>(GeneratedProgram.Compile(("/project/Tools.cs", source)), properties);
}
