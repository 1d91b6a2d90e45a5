using AgentOps.CodeFixes.Declarations;
using AgentOps.CodeFixes.Tests.Support;
using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0108: the method that does the work is declared. The code compiles with the generator only, which adds the other part.</summary>
public sealed class MissingBodyFixTests
{
    [Theory]
    [InlineData(
        "    /// <summary>Does.</summary>\n    [RecordTool] public static partial Task<T> Do<T>(T item, [Redact] string name = \"a\", params int[] more) where T : class; // does\n",
        "    /// <summary>Does.</summary>\n    [RecordTool] public static partial Task<T> Do<T>(T item, [Redact] string name = \"a\", params int[] more) where T : class;\n\n    private static Task<T> DoCore<T>(T item, string name, params int[] more) where T : class => throw new NotImplementedException(); // does\n")]
    [InlineData(
        "    [RecordTool] public partial int Do(ref int n);\n",
        "    [RecordTool] public partial int Do(ref int n);\n\n    private int DoCore(ref int n) => throw new NotImplementedException();\n")]
    public async Task Method_that_does_the_work_is_declared(string before, string after) =>
        Assert.Equal($"public partial class Tool\n{{\n{after}}}\n", Assert.Single(await MendedAsync($"public partial class Tool\n{{\n{before}}}\n")));

    [Fact]
    public async Task Types_around_become_partial() => Assert.Equal(
        "public static partial class Outer { internal sealed partial class Tool { [RecordTool] public partial int Do(int n); private int DoCore(int n) => n; } }",
        Assert.Single(await MendedAsync("public static class Outer { internal sealed partial class Tool { [RecordTool] public partial int Do(int n); private int DoCore(int n) => n; } }")));

    [Fact]
    public async Task Work_of_another_signature_is_left_alone() =>
        Assert.Empty(await MendedAsync("public partial class Tool { [RecordTool] public partial int Do(int n); private int DoCore(string n) => 1; }"));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_declared(FixAllScope scope, int files)
    {
        const string File = "public partial class NAME { [RecordTool] public partial int Do(int n); [RecordTool] public partial int Go(int n); }";
        using EditedSolution edited = EditedSolution.Of(("/a/One.cs", File.Replace("NAME", "One", StringComparison.Ordinal)), ("/a/Two.cs", File.Replace("NAME", "Two", StringComparison.Ordinal)))
            .With("Other", ("/b/Three.cs", File.Replace("NAME", "Three", StringComparison.Ordinal)));

        Solution changed = await FixVerifier<RecordedDeclarationAnalyzer, MissingBodyFix>.ChangeAllAsync(edited, RuleIds.BodyMissing, scope);

        string[] texts = await Task.WhenAll(new[] { "One.cs", "Two.cs", "Three.cs" }.Select(f => edited.TextAsync(changed, f)));
        Assert.Equal(files, texts.Count(static t => t.Contains("DoCore(int n) =>", StringComparison.Ordinal) && t.Contains("GoCore(int n) =>", StringComparison.Ordinal)));
    }

    private static async Task<string[]> MendedAsync(string source)
    {
        using EditedSolution edited = EditedSolution.Of(("/a/Tool.cs", source));
        Diagnostic diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<RecordedDeclarationAnalyzer>(edited.Document("Tool.cs").Project, RuleIds.BodyMissing));
        return [.. await Task.WhenAll((await edited.OfferedAsync<MissingBodyFix>(diagnostic)).Select(async action => await edited.TextAsync(await EditedSolution.ChangedAsync(action), "Tool.cs")))];
    }
}
