using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>Bodies, decorators and adapters are written anew only where an edit can change them.</summary>
public sealed class PartIncrementalTests
{
    private static GeneratorEdits Project() => new(
        ("/project/Tools.cs", "public partial class Tools { [RecordTool] public partial int Search(int q); private int SearchCore(int q) => q; }"),
        ("/project/Agent.cs", "[RecordedInterface] public interface IAgent { int Work(int n); }"),
        ("/project/Made.cs", "public class Made { public object F() => Microsoft.Extensions.AI.AIFunctionFactory.Create((int n) => n); }"),
        ("/project/Other.cs", "public class Other { public int N() => 1; }"));

    [Fact]
    public void Body_edit_elsewhere_leaves_everything_cached()
    {
        GeneratorEdits project = Project();

        project.Replace("/project/Other.cs", "=> 1", "=> 2");

        Assert.Equal((0, 0), (project.Changed(GeneratorSteps.Parts), project.Changed(GeneratorSteps.Bind)));
        Assert.All(project.Result.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void Edit_in_a_file_writes_its_parts_alone()
    {
        GeneratorEdits project = Project();

        project.Replace("/project/Tools.cs", "public partial class", "\npublic partial class");

        Assert.Equal((1, 0), (project.Changed(GeneratorSteps.Parts), project.Changed(GeneratorSteps.Bind)));
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Theory]
    [InlineData("/project/Tools.cs", "SearchCore(int q)", "SearchCore(string q)")]
    [InlineData("/project/Tools.cs", "private int SearchCore", "private async int SearchCore")]
    [InlineData("/project/Tools.cs", "[RecordTool]", "[RecordTool(\"name\")]")]
    [InlineData("/project/Tools.cs", "[RecordTool]", "")]
    [InlineData("/project/Agent.cs", "[RecordedInterface]", "")]
    [InlineData("/project/Agent.cs", "int Work", "long Work")]
    [InlineData("/project/Made.cs", "(int n) => n", "() => 1")]
    [InlineData("/project/Made.cs", "AIFunctionFactory", "Nothing")]
    [InlineData("/project/Other.cs", "public class Other {", "public class Other { public object F() => Microsoft.Extensions.AI.AIFunctionFactory.Create((int n) => n);")]
    [InlineData("/project/Other.cs", "public class Other", "[RecordedInterface] public interface IOther : IAgent; public class Other")]
    public void Every_edit_gives_what_a_run_from_scratch_gives(string path, string old, string text)
    {
        GeneratorEdits project = Project();

        project.Replace(path, old, text);

        Assert.Equal(project.FromScratch(), project.Texts());
    }

    [Fact]
    public void Switched_off_project_still_has_what_its_code_uses()
    {
        GeneratorEdits project = Project().WithProperties(new Dictionary<string, string> { ["ProjectDir"] = "/project/", ["AgentOpsRecording"] = "false" });

        Compilation compiled = project.Compilation.AddSyntaxTrees(project.Result.GeneratedSources.Select(static s => s.SyntaxTree));

        Assert.Empty(compiled.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.Severity == DiagnosticSeverity.Error));
        Assert.DoesNotContain("CallScope", string.Concat(project.Texts().Values), StringComparison.Ordinal);
        Assert.Contains("SearchCore(q)", string.Concat(project.Texts().Values), StringComparison.Ordinal);
    }
}
