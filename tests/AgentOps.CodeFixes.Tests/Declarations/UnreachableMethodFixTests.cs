using AgentOps.CodeFixes.Declarations;
using AgentOps.CodeFixes.Tests.Support;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.Generators.Tests;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Declarations.UnreachableMethodFix>;

namespace AgentOps.CodeFixes.Tests.Declarations;

/// <summary>AOPS0103 and AOPS0104: types and methods become internal.</summary>
public sealed class UnreachableMethodFixTests
{
    private const string Recorder = " namespace AgentOps { public class RecordToolAttribute : System.Attribute; } namespace AgentOps.Recording { public struct CallScope; }";

    [Theory]
    [InlineData("private sealed class Nested { [RecordTool] public int Do() => 1; }", "internal sealed class Nested { [RecordTool] public int Do() => 1; }")]
    [InlineData("sealed class Nested { [RecordTool] public int Do() => 1; }", "internal sealed class Nested { [RecordTool] public int Do() => 1; }")]
    [InlineData("[Serializable] /* why */ sealed class Nested { [RecordTool] public int Do() => 1; }", "[Serializable] /* why */ internal sealed class Nested { [RecordTool] public int Do() => 1; }")]
    [InlineData("protected class Nested { [RecordTool] public int Do() => 1; }", "protected internal class Nested { [RecordTool] public int Do() => 1; }")]
    [InlineData("private protected class Nested { [RecordTool] public int Do() => 1; }", "internal class Nested { [RecordTool] public int Do() => 1; }")]
    public async Task Type_becomes_internal(string before, string after) => Assert.Equal(
        $"public class Program {{ {after} public static int It() => new Nested().Do(); }}",
        await Verify.MendAsync(RuleIds.UnnameableType, $"public class Program {{ {before} public static int It() => new Nested().Do(); }}"));

    [Fact]
    public async Task File_local_type_becomes_internal_and_its_calls_are_recorded()
    {
        string mended = await Verify.MendAsync(RuleIds.UnnameableType,
            """
            file sealed class Tool { [RecordTool] public int Do(List<Item> items) => items.Count; }
            file sealed record Item(int N);
            public static class Program
            {
                public static Session Run() { using var session = Session.Start(); new Tool().Do([]); return session; }
            }
            """);

        Assert.StartsWith("internal sealed class Tool", mended, StringComparison.Ordinal);
        Assert.Contains("\ninternal sealed record Item", mended, StringComparison.Ordinal);
        Assert.Single((await GeneratedProgram.Create(mended).RunAsync<Session>()).ReadEvents().OfType<ToolEvent>());
    }

    [Fact]
    public async Task Types_around_a_type_become_internal_with_it_in_all_their_parts()
    {
        string[] mended = await Verify.MendAsync(RuleIds.UnnameableType,
            [
                ("/a/One.cs", "public partial class Program { private partial class Outer { private class Inner { [RecordTool] public int Do() => 1; } public int It() => new Inner().Do(); } }"),
                ("/a/Two.cs", "public partial class Program { private partial class Outer { } }"),
            ]);

        Assert.Contains("internal partial class Outer { internal class Inner", mended[0], StringComparison.Ordinal);
        Assert.Contains("internal partial class Outer { }", mended[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_local_type_whose_name_another_file_has_is_left_alone() => Assert.Empty(await Verify.OfferedAsync(RuleIds.UnnameableType,
        ("/a/One.cs", "file class Tool { [RecordTool] public int Do() => 1; } public static class One { public static int It() => new Tool().Do(); }"),
        ("/a/Two.cs", "public class Tool;")));

    [Theory]
    [InlineData("private int Do<T>(T item) => 1;", "internal int Do<T>(T item) => 1;")]
    [InlineData("protected int Do<T>(T item) => 1;", "protected internal int Do<T>(T item) => 1;")]
    [InlineData("int Do<T>(T item) => 1;", "internal int Do<T>(T item) => 1;")]
    [InlineData("static private int Do<T>(T item) => 1;", "static internal int Do<T>(T item) => 1;")]
    public async Task Method_becomes_internal(string before, string after)
    {
        using EditedSolution edited = OnDotNet8($"public class Tool {{ [AgentOps.RecordTool] {before} public int It() => Do(1); }}");
        var diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<CallSiteAnalyzer>(edited.Document("Tool.cs").Project, RuleIds.InaccessibleMethod));

        var action = Assert.Single(await edited.OfferedAsync<UnreachableMethodFix>(diagnostic));

        Assert.Equal($"public class Tool {{ [AgentOps.RecordTool] {after} public int It() => Do(1); }}{Recorder}", await edited.TextAsync(await EditedSolution.ChangedAsync(action), "Tool.cs"));
    }

    [Fact]
    public async Task Override_keeps_the_access_that_it_must_have()
    {
        using EditedSolution edited = OnDotNet8("public class Base { protected virtual int Do<T>(T item) => 0; } public class Tool : Base { [AgentOps.RecordTool] protected override int Do<T>(T item) => 1; public int It() => Do(1); }");
        var diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<CallSiteAnalyzer>(edited.Document("Tool.cs").Project, RuleIds.InaccessibleMethod));

        Assert.Empty(await edited.OfferedAsync<UnreachableMethodFix>(diagnostic));
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_types_become_internal(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.UnnameableType, scope,
        """
        public class NAME
        {
            private class A { [RecordTool] public int Do() => 1; }
            private class B { [RecordTool] public int Do(A a) => 1; }
            public static int It() => new A().Do() + new A().Do() + new B().Do(new A());
        }
        """));

    [Fact]
    public async Task All_methods_become_internal()
    {
        using EditedSolution edited = OnDotNet8("public class Tool { [AgentOps.RecordTool] private int Do<T>(T item) => 1; [AgentOps.RecordTool] private int Go<T>(T item) => 1; public int It() => Do(1) + Do(2) + Go(3); }");

        var changed = await Verify.MendAllAsync(edited, RuleIds.InaccessibleMethod, FixAllScope.Solution);

        Assert.Equal(
            "public class Tool { [AgentOps.RecordTool] internal int Do<T>(T item) => 1; [AgentOps.RecordTool] internal int Go<T>(T item) => 1; public int It() => Do(1) + Do(2) + Go(3); }" + Recorder,
            await edited.TextAsync(changed, "Tool.cs"));
    }

    private static EditedSolution OnDotNet8(string source) =>
        EditedSolution.On([TargetFramework.Version(8)], ("/a/Tool.cs", source + Recorder));
}
