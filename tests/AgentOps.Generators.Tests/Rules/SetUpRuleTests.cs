using System.Globalization;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests.Rules;

/// <summary>AOPS0402, AOPS0403 and AOPS0406: projects in which nothing is recorded because of what they are compiled with.</summary>
public sealed class SetUpRuleTests
{
    private const string Library = "namespace Lib { public static class Tools { [RecordTool] public static int Twice(int n) => n; public static int Plain(int n) => n; } }";

    [Theory]
    [InlineData("public static class A { public static int Use() => Lib.Tools.[|Twice|](1) + Lib.Tools.Twice(2); }", null)]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); }", "false")]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Plain(1); public static int Twice(int n) => n; public static int Own() => Twice(1); }", null)]
    public async Task Recorded_method_that_is_called_without_the_recorder_is_reported_once(string markup, string? recording)
    {
        PortableExecutableReference library = ReferenceToLibrary();
        await AnalyzerVerifier.VerifyAsync(
            AllAnalyzers.Create(),
            RuleIds.RuntimeNotReferenced,
            [("/project/A.cs", markup)],
            recording is null ? null : new Dictionary<string, string> { ["AgentOpsRecording"] = recording },
            compilation => compilation
                .RemoveSyntaxTrees(compilation.SyntaxTrees[1])
                .WithReferences(GeneratedProgram.References.Where(static r => Path.GetFileName(r.Display) != "AgentOps.dll" && !Path.GetFileName(r.Display)!.StartsWith("AgentOps.", StringComparison.Ordinal)).Append(library)));
    }

    [Fact]
    public async Task Message_names_the_assembly_and_the_method()
    {
        PortableExecutableReference library = ReferenceToLibrary();
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/A.cs", "public static class A { public static int Use() => Lib.Tools.Twice(1); }"));
        compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1])
            .WithReferences(GeneratedProgram.References.Where(static r => !Path.GetFileName(r.Display)!.StartsWith("AgentOps", StringComparison.Ordinal)).Append(library));

        Diagnostic reported = Assert.Single(await AnalyzerVerifier.AnalyzeAsync<SetUpAnalyzer>(compilation));

        Assert.StartsWith("No call in this project is recorded, although Lib marks methods such as 'Twice': ", reported.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp10, "[|Do|]")]
    [InlineData(LanguageVersion.CSharp9, "[|Do|]")]
    [InlineData(LanguageVersion.CSharp11, "Do")]
    public Task Language_version_without_file_types_is_reported_once(LanguageVersion version, string called) => AnalyzerVerifier.VerifyAsync(
        AllAnalyzers.Create(),
        RuleIds.LanguageTooOld,
        [
            ("/project/A.cs", $"public static class A {{ [AgentOps.RecordTool] public static int Do(int n) => n; public static int Use() => {called}(1); public static int Again() => Do(2); }}"),
        ],
        change: compilation => As(version, compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1])));

    [Fact]
    public Task Body_that_cannot_record_is_reported_in_an_old_language() => AnalyzerVerifier.VerifyAsync(
        AllAnalyzers.Create(),
        RuleIds.LanguageTooOld,
        [("/project/A.cs", "public partial class A { [AgentOps.RecordTool] partial void [|Do|](int n); private void DoCore(int n) { } }")],
        change: static compilation => As(LanguageVersion.CSharp10, compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1])));

    [Fact]
    public Task Old_language_is_of_no_concern_where_nothing_is_recorded() => AnalyzerVerifier.VerifyAsync(
        AllAnalyzers.Create(),
        RuleIds.LanguageTooOld,
        [("/project/A.cs", "public static class A { [AgentOps.RecordTool] public static int Do(int n) => n; [AgentOps.DoNotRecord] public static int Use() => Do(1); }")],
        change: static compilation => As(LanguageVersion.CSharp10, compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1])));

    [Theory]
    [InlineData("public static class [|AgentOps|] { public static int Use() => Lib.Tools.Twice(1) + Lib.Tools.Twice(2); }")]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public enum [|AgentOps|] { One }")]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public delegate int [|System|](int n);")]
    [InlineData("public static class AgentOps { public static int Use() => Lib.Tools.Plain(1); }")]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public static class AgentOps<T> { }")]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } file static class AgentOps { }")]
    [InlineData("namespace N { public static class AgentOps { public static int Use() => Lib.Tools.Twice(1); } }")]
    public async Task Type_that_hides_a_namespace_is_reported_once_if_calls_go_unrecorded(string markup)
    {
        PortableExecutableReference library = ReferenceToLibrary();
        await AnalyzerVerifier.VerifyAsync(
            AllAnalyzers.Create(), RuleIds.NamespaceHidden, [("/project/A.cs", markup)], change: compilation => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]).AddReferences(library));
    }

    [Theory]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public static class AgentOps { }", false)]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public static class System { }", false)]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } public static class AgentOps<T> { }", true)]
    [InlineData("public static class A { public static int Use() => Lib.Tools.Twice(1); } file static class AgentOps { }", true)]
    public void Nothing_is_generated_that_names_what_is_hidden(string source, bool isGenerated)
    {
        CSharpCompilation compilation = GeneratedProgram.Compile(("/project/A.cs", source));
        compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1]).AddReferences(ReferenceToLibrary());

        CSharpCompilation generated = GeneratedProgram.WithGenerated(compilation);

        using var image = new MemoryStream();
        Assert.True(generated.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        Assert.Equal(isGenerated, generated.SyntaxTrees.Length > 1);
    }

    private static CSharpCompilation As(LanguageVersion version, CSharpCompilation compilation) => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(
        compilation.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), GeneratedProgram.ParseOptions.WithLanguageVersion(version))));

    private static PortableExecutableReference ReferenceToLibrary()
    {
        CSharpCompilation library = GeneratedProgram.Compile(("/project/Library.cs", Library)).WithAssemblyName("Lib");
        using var image = new MemoryStream();
        Assert.True(GeneratedProgram.WithGenerated(library).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
