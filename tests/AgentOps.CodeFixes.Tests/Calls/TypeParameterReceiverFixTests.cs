using AgentOps.CodeFixes.Calls;
using AgentOps.CodeFixes.Tests.Support;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.TypeParameterReceiverFix>;

namespace AgentOps.CodeFixes.Tests.Calls;

/// <summary>AOPS0203: the type parameter that a call is made on is constrained to classes.</summary>
public sealed class TypeParameterReceiverFixTests
{
    private const string Tool = "public interface ITool { [RecordTool] int Do(); [RecordTool] static virtual int Make() => 1; } public sealed class Tool : ITool { public int Do() => 1; }\n";

    [Theory]
    [InlineData("public static int It<T>(T tool) where T : ITool /* tools */ => tool.Do();", "public static int It<T>(T tool) where T : class, ITool /* tools */ => tool.Do();")]
    [InlineData("public static int? It<T, U>(U u, T tool) where U : T where T : ITool, new() => tool?.Do();", "public static int? It<T, U>(U u, T tool) where U : T where T : class, ITool, new() => tool?.Do();")]
    public async Task Constraint_is_added(string before, string after) =>
        Assert.Equal(Tool + $"internal static class Use {{ {after} }}", await Verify.MendAsync(RuleIds.TypeParameterReceiver, Tool + $"internal static class Use {{ {before} }}"));

    [Theory]
    [InlineData("public static int It<T>(T tool) where T : struct, ITool => tool.Do();")]
    [InlineData("public static int It<T>() where T : ITool => T.Make();")]
    [InlineData("public static int It<T>(T tool) where T : ITool => tool.Do(); private struct S : ITool { public int Do() => 2; } public static int Other() => It(new S());")]
    public async Task Parameter_that_stands_for_structs_is_left_alone(string members) =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.TypeParameterReceiver, Tool + $"internal static class Use {{ {members} }}"));

    [Fact]
    public async Task Struct_in_another_project_counts_and_public_api_is_said_to_change()
    {
        (string, string) use = ("/a/Use.cs", Tool + "public static class Use { public static int It<T>(T tool) where T : ITool => tool.Do(); }");
        using EditedSolution alone = EditedSolution.Of(use);
        using EditedSolution used = EditedSolution.Of(use).Referencing("App", ("/b/App.cs", "public struct S : ITool { public int Do() => 2; } public static class App { public static int It() => Use.It(new S()); }"));

        Assert.Equal(["Constrain 'T' to classes (public API)"], await TitlesAsync(alone));
        Assert.Empty(await TitlesAsync(used));
    }

    [Fact]
    public async Task Call_is_recorded_then()
    {
        string mended = await Verify.MendAsync(RuleIds.TypeParameterReceiver, Tool +
            "public static class Program { private static int It<T>(T tool) where T : ITool => tool.Do(); public static Session Run() { using var session = Session.Start(); It(new Tool()); return session; } }");

        Assert.Single((await GeneratedProgram.Create(mended).RunAsync<Session>()).ReadEvents().OfType<ToolEvent>());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_constrained_each_once(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.TypeParameterReceiver, scope,
        "public interface INAME { [RecordTool] int Do(); } public class NAME<T> where T : INAME { public int A(T t) => t.Do() + t.Do(); public int B<U>(U u) where U : INAME => u.Do(); }"));

    private static async Task<string[]> TitlesAsync(EditedSolution edited)
    {
        var diagnostic = Assert.Single(await EditedSolution.DiagnosticsAsync<CallSiteAnalyzer>(edited.Document("Use.cs").Project, RuleIds.TypeParameterReceiver));
        return [.. (await edited.OfferedAsync<TypeParameterReceiverFix>(diagnostic)).Select(static a => a.Title)];
    }
}
