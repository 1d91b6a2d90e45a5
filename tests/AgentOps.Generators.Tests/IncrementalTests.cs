using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Tests;

/// <summary>What each kind of edit makes the generator do again, and that its output is the one it would make from nothing.</summary>
public sealed class IncrementalTests
{
    private const string Tools = "/project/Tools.cs";
    private const string First = "/project/First.cs";
    private const string Second = "/project/Second.cs";
    private const string Elsewhere = "/project/Elsewhere.cs";

    private static GeneratorEdits Project() => new(
        (Tools, "public static class Tools { [RecordTool] public static int Do(int n) => n + 1; public static int Plain(int n) => n; }"),
        (First, "public static class First { public static int Use() => Tools.Do(1); }"),
        (Second, "public static class Second { public static int Use() { int a = 2; return Tools.Do(a) + Tools.Plain(a); } }"),
        (Elsewhere, "public static class Elsewhere { public static int Use() { return 41; } }"));

    [Fact]
    public void Nothing_is_done_again_without_an_edit()
    {
        GeneratorEdits project = Project();

        project.Run();

        foreach (string step in new[] { GeneratorSteps.Files, GeneratorSteps.Declarations, GeneratorSteps.Shape, GeneratorSteps.Candidates, GeneratorSteps.Bind, GeneratorSteps.Duplicates })
        {
            Assert.NotEmpty(project.Reasons(step));
            Assert.Equal(0, project.Changed(step));
        }
        Assert.All(project.Result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs), o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    [Theory]
    [InlineData("return 41;", "int x = 41; return x;")]
    [InlineData("return 41;", "/* Do */ return 41;")]
    [InlineData("return 41;", "return 4 +")]
    public void Edit_in_a_body_elsewhere_binds_nothing(string old, string text)
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, SourceText> before = project.Sources;

        project.Replace(Elsewhere, old, text);

        Assert.Equal(1, project.Changed(GeneratorSteps.Files));
        Assert.Equal(0, project.Changed(GeneratorSteps.Shape));
        Assert.Equal(0, project.Changed(GeneratorSteps.Bind));
        Assert.Equal(2, project.Reasons(GeneratorSteps.Bind).Length);
        Assert.All(project.Sources, pair => Assert.Same(before[pair.Key], pair.Value));
    }

    [Fact]
    public void Edit_of_a_recorded_methods_own_body_binds_nothing()
    {
        GeneratorEdits project = Project().Replace(Tools, "=> n + 1", "=> n + 2");

        Assert.Equal(0, project.Changed(GeneratorSteps.Bind));
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Theory]
    [InlineData("[System.ComponentModel.Description(\"d\")] ")]
    [InlineData("")]
    public void Edit_of_the_body_of_an_implementation_yields_what_a_fresh_run_does(string attributes)
    {
        var project = new GeneratorEdits(
            (Tools, $$"""
                public interface ITool { [RecordTool] int Do(int n); }
                public sealed class Tool : ITool { {{attributes}}public int Do(int n) => n + 1; private static int Other(int n) => n; }
                """),
            (First, "public static class First { public static int Use() => new Tool().Do(1); }"));

        project.Replace(Tools, "=> n + 1", "=> Other(n)");

        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Theory]
    [InlineData("int a = 2;", "int a = 3;")]
    [InlineData("Tools.Plain(a)", "Tools.Do(a + 1)")]
    [InlineData("public static class Second", "// A comment moves the call.\npublic static class Second")]
    public void Edit_in_a_file_with_a_call_binds_that_file_alone(string old, string text)
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, SourceText> before = project.Sources;

        project.Replace(Second, old, text);

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], project.Reasons(GeneratorSteps.Bind).Order());
        Assert.Equal(0, project.Changed(GeneratorSteps.Shape));
        Assert.Same(before["First.AgentOps.g.cs"], project.Sources["First.AgentOps.g.cs"]);
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Fact]
    public void Removing_the_only_call_of_a_file_removes_its_output()
    {
        GeneratorEdits project = Project().Replace(First, "Tools.Do(1)", "1");

        Assert.Equal(["RecordedMethods.AgentOps.g.cs", "Second.AgentOps.g.cs"], project.Sources.Keys.Order());
    }

    [Fact]
    public void Removed_and_restored_call_yields_the_same_output()
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, string> before = project.Texts();

        project.Replace(First, "Tools.Do(1)", "1").Replace(First, "Use() => 1", "Use() => Tools.Do(1)");

        Assert.Equal(before, project.Texts());
    }

    [Fact]
    public void Adding_an_attribute_records_the_calls_of_its_method()
    {
        GeneratorEdits project = Project().Replace(Tools, "public static int Plain", "[RecordTool(\"plain\")] public static int Plain");

        Assert.Contains("Name = \"plain\"", project.Texts()["Second.AgentOps.g.cs"], StringComparison.Ordinal);
        Assert.Contains("Do;Plain", project.Texts()["RecordedMethods.AgentOps.g.cs"], StringComparison.Ordinal);
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Theory]
    [InlineData("[RecordTool]", "[RecordTool(\"renamed\")]")]
    [InlineData("[RecordTool]", "[RecordAction]")]
    [InlineData("[RecordTool] public static int Do(int n)", "[RecordTool] public static long Do(long n)")]
    [InlineData("[RecordTool] public static int Do(int n)", "[RecordTool] public static int Do([Redact] int n)")]
    [InlineData("[RecordTool]", "[TrackAgent] public sealed class Agent; [RecordTool]")]
    public void Edit_of_a_declaration_yields_what_a_fresh_run_does(string old, string text)
    {
        GeneratorEdits project = Project().Replace(Tools, old, text);

        Assert.Equal(1, project.Changed(GeneratorSteps.Shape));
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Fact]
    public void Removing_the_attribute_removes_all_output()
    {
        Assert.Empty(Project().Replace(Tools, "[RecordTool] ", "").Sources);
    }

    [Fact]
    public void Renaming_a_recorded_method_follows_its_calls()
    {
        GeneratorEdits project = Project().Replace(Tools, "int Do(", "int Act(");
        Assert.Equal(["RecordedMethods.AgentOps.g.cs"], project.Sources.Keys);

        project.Replace(First, "Tools.Do", "Tools.Act");

        Assert.Equal(["First.AgentOps.g.cs", "RecordedMethods.AgentOps.g.cs"], project.Sources.Keys.Order());
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Fact]
    public void Without_the_list_of_namespaces_no_call_is_intercepted()
    {
        GeneratorEdits project = Project();

        project.WithParseOptions(GeneratedProgram.ParseOptions.WithFeatures([]));
        Assert.DoesNotContain(project.Texts().Values, text => text.Contains("InterceptsLocation", StringComparison.Ordinal));

        project.WithParseOptions(GeneratedProgram.ParseOptions);
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Theory]
    [InlineData("AgentOps")]
    [InlineData("Other; AgentOps.Generated")]
    public void Parent_namespace_or_one_of_several_is_enough(string listed)
    {
        GeneratorEdits project = Project().WithParseOptions(GeneratedProgram.ParseOptions.WithFeatures([new("InterceptorsNamespaces", listed)]));

        Assert.Contains("First.AgentOps.g.cs", project.Sources.Keys);
    }

    [Fact]
    public void Switching_recording_off_and_on_removes_and_restores_the_interceptors()
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, string> before = project.Texts();

        project.WithProperties(new Dictionary<string, string> { ["ProjectDir"] = "/project/", ["AgentOpsRecording"] = "false" });
        Assert.DoesNotContain(project.Texts().Values, text => text.Contains("InterceptsLocation", StringComparison.Ordinal));

        project.WithProperties(new Dictionary<string, string> { ["ProjectDir"] = "/project/", ["AgentOpsRecording"] = "true" });
        Assert.Equal(before, project.Texts());
    }

    [Fact]
    public void Order_of_the_files_does_not_matter()
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, string> before = project.Texts();

        project.Change(c => c.RemoveAllSyntaxTrees().AddSyntaxTrees(c.SyntaxTrees.Reverse()));

        Assert.Equal(before, project.Texts());
    }

    [Fact]
    public void Added_and_removed_files_leave_the_others_output_as_it_was()
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, string> before = project.Texts();
        SyntaxTree added = CSharpSyntaxTree.ParseText(
            SourceText.From("static class Third { static int Use() => Tools.Do(3); }", System.Text.Encoding.UTF8), GeneratedProgram.ParseOptions, "/project/Third.cs",
            TestContext.Current.CancellationToken);

        project.Change(c => c.AddSyntaxTrees(added));
        Assert.Equal(before.Keys.Append("Third.AgentOps.g.cs").Order(), project.Sources.Keys.Order());

        project.Change(c => c.RemoveSyntaxTrees(added));
        Assert.Equal(before, project.Texts());
    }

    [Fact]
    public void Files_of_the_same_content_emit_nothing_until_they_differ()
    {
        const string Same = "file static class Part { public static int Use() => Tools.Do(1); }";
        var project = new GeneratorEdits(
            (Tools, "public static class Tools { [RecordTool] public static int Do(int n) => n; public static int Use() => Do(2); }"),
            ("/project/A.cs", Same),
            ("/project/B.cs", Same));
        Assert.Equal(["RecordedMethods.AgentOps.g.cs", "Tools.AgentOps.g.cs"], project.Sources.Keys.Order());

        project.Replace("/project/B.cs", "file static", "/* b */ file static");

        Assert.Equal(["A.AgentOps.g.cs", "B.AgentOps.g.cs", "RecordedMethods.AgentOps.g.cs", "Tools.AgentOps.g.cs"], project.Sources.Keys.Order());
    }

    [Fact]
    public void Paths_that_look_alike_get_names_of_their_own()
    {
        const string Body = " static class X { static int Use() => Tools.Do(1); }";
        var project = new GeneratorEdits(
            (Tools, "public static class Tools { [RecordTool] public static int Do(int n) => n; }"),
            ("/project/a/b.cs", "namespace A;" + Body),
            ("/project/a.b.cs", "namespace B;" + Body),
            ("/project/a/B.cs", "namespace C;" + Body),
            ("/project/a/b.cs", "namespace D;" + Body),
            ("/elsewhere/b.cs", "namespace E;" + Body));

        Assert.Equal(6, project.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Linked_files_of_one_name_and_a_file_named_as_the_manifest_get_names_of_their_own()
    {
        const string Body = " static class X { static int Use() => Tools.Do(1); }";
        var project = new GeneratorEdits(
            (Tools, "public static class Tools { [RecordTool] public static int Do(int n) => n; }"),
            ("/project/Linked.cs", "namespace A;" + Body),
            ("/shared/Linked.cs", "namespace B;" + Body),
            ("/other/Linked.cs", "namespace C;" + Body),
            ("/project/RecordedMethods.cs", "namespace D;" + Body));

        Assert.Equal(5, project.Sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("Linked.AgentOps.g.cs", project.Sources.Keys);
    }

    [Fact]
    public void Edit_of_one_tools_attribute_changes_the_output_of_its_callers_alone()
    {
        GeneratorEdits project = new GeneratorEdits(
            (Tools, "public static class Tools { [RecordTool] public static int Do(int n) => n; [RecordAction] public static int Other(int n) => n; }"),
            (First, "public static class First { public static int Use() => Tools.Do(1); }"),
            (Second, "public static class Second { public static int Use() => Tools.Other(1); }"));

        project.Replace(Tools, "[RecordTool]", "[RecordTool(\"named\")]");

        Assert.Equal(1, project.Changed(GeneratorSteps.Declarations));
        Assert.Equal(0, project.Changed(GeneratorSteps.Candidates));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], project.Reasons(GeneratorSteps.Bind).Order());
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Fact]
    public void Change_of_an_option_is_a_change_of_the_environment_and_of_no_declaration()
    {
        GeneratorEdits project = Project().WithProperties(new Dictionary<string, string> { ["ProjectDir"] = "/project/", ["AgentOpsRecording"] = "false" });

        Assert.Equal(1, project.Changed(GeneratorSteps.Environment));
        Assert.Equal(0, project.Changed(GeneratorSteps.Declarations));
    }

    [Fact]
    public void Recorded_methods_of_a_reference_stay_known_after_an_edit_of_a_declaration()
    {
        GeneratorEdits project = new(CrossProjectTests.Consumer(
            "public static class Program { public static int Run() => Library.Tools.Do(1); public static int Other() => 1; }"));
        Assert.Equal(["Program.AgentOps.g.cs"], project.Sources.Keys);

        project.Replace("/project/Program.cs", "int Other()", "long Other()");

        Assert.Equal(["Program.AgentOps.g.cs"], project.Sources.Keys);
        Assert.Equal(project.FromScratch(), project.Texts());
    }
}
