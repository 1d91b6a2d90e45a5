using AgentOps.CodeFixes.Sessions;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.Sessions.MissingSessionAnalyzer, AgentOps.CodeFixes.Sessions.MissingSessionFix>;

namespace AgentOps.CodeFixes.Tests.Sessions;

/// <summary>AOPS0501 and AOPS0502: a session is started at the entry point, or asked for there.</summary>
public sealed class MissingSessionFixTests
{
    private const string Tool = "public static class Tool { [RecordTool] public static int Go() => 1; [RecordTool] public static async Task<int> GoAsync() { await Task.Yield(); return 1; } }\n";

    private const string Endpoints = "namespace Microsoft.AspNetCore.Builder { public static class EndpointRouteBuilderExtensions { public static void MapGet(this object builder, string pattern, Delegate handler) { } } }\n";

    [Theory]
    [InlineData("void It()\n    {\n        Tool.Go(); // goes\n    }", "void It()\n    {\n        using var session = Session.Start();\n        Tool.Go(); // goes\n    }")]
    [InlineData("void It() { Tool.Go(); }", "void It() { using var session = Session.Start(); Tool.Go(); }")]
    [InlineData("void It()\n    {\n        // first\n        var session = 1;\n        Tool.Go();\n    }", "void It()\n    {\n        using var session2 = Session.Start();\n        // first\n        var session = 1;\n        Tool.Go();\n    }")]
    [InlineData("async Task It() { await Tool.GoAsync(); }", "async Task It() { await using var session = Session.Start(); await Tool.GoAsync(); }")]
    [InlineData("int It() => Tool.Go(); // goes", "int It()\n    {\n        using var session = Session.Start();\n        return Tool.Go();\n    } // goes")]
    [InlineData("void It() => Tool.Go();", "void It()\n    {\n        using var session = Session.Start();\n        Tool.Go();\n    }")]
    [InlineData("Task It() => Tool.GoAsync();", "async Task It()\n    {\n        await using var session = Session.Start();\n        await Tool.GoAsync();\n    }")]
    [InlineData("Task<int> It() => Tool.GoAsync();", "async Task<int> It()\n    {\n        await using var session = Session.Start();\n        return await Tool.GoAsync();\n    }")]
    [InlineData("async Task<int> It() => 1 + await Tool.GoAsync();", "async Task<int> It()\n    {\n        await using var session = Session.Start();\n        return 1 + await Tool.GoAsync();\n    }")]
    public async Task Session_is_started_where_the_program_begins(string before, string after) =>
        Assert.Equal(Test(after), await Verify.MendAsync(RuleIds.MissingSessionHere, Test(before)));

    [Theory]
    [InlineData("() => Tool.Go()", "() =>\n        {\n            using var session = Session.Start();\n            return Tool.Go();\n        }")]
    [InlineData("() => Tool.GoAsync()", "async () =>\n        {\n            await using var session = Session.Start();\n            return await Tool.GoAsync();\n        }")]
    [InlineData("(int n) => { Tool.Go(); return n; }", "(int n) => { using var session = Session.Start(); Tool.Go(); return n; }")]
    public async Task Session_is_started_in_the_handler_of_an_endpoint(string before, string after) => Assert.Equal(
        Endpoint(after), await Verify.MendAsync(RuleIds.MissingSessionHere, Endpoint(before)));

    [Fact]
    public async Task Session_is_started_where_calls_are_reached_through_other_methods() => Assert.Equal(
        Test("void It() { using var session = Session.Start(); Inner(); } private static void Inner() => Tool.Go();"),
        await Verify.MendAsync(RuleIds.MissingSession, Test("void It() { Inner(); } private static void Inner() => Tool.Go();")));

    [Theory]
    [InlineData("Tool.Go();\n", "using var session = Session.Start();\nTool.Go();\n")]
    [InlineData("// Goes.\nvar n = await Tool.GoAsync();\n", "// Goes.\nawait using var session = Session.Start();\nvar n = await Tool.GoAsync();\n")]
    public async Task Session_is_started_at_the_top_level(string before, string after)
    {
        using Support.EditedSolution edited = Support.EditedSolution.Program(("/a/Program.cs", before), ("/a/Tool.cs", Tool));
        var diagnostic = Assert.Single(await Support.EditedSolution.DiagnosticsAsync<Generators.Diagnostics.Sessions.MissingSessionAnalyzer>(edited.Document("Tool.cs").Project, RuleIds.MissingSessionHere));

        var action = Assert.Single(await edited.OfferedAsync<MissingSessionFix>(diagnostic));

        Assert.Equal(after, await edited.TextAsync(await Support.EditedSolution.ChangedAsync(action), "Program.cs"));
    }

    [Theory]
    [InlineData("Task It() { return Tool.GoAsync(); }")]
    [InlineData("void It() { Tool.Go(); using var late = Session.Start(); }")]
    public async Task Session_that_would_end_too_early_or_be_a_second_one_is_not_started(string member) =>
        Assert.DoesNotContain("Start a session here", await Verify.OfferedAsync(RuleIds.MissingSessionHere, Test(member)));

    [Fact]
    public async Task Entry_point_can_ask_for_the_session() => Assert.Equal(
        Test("void It() { Tool.Go(); }").Replace("[Xunit.Fact]", "[RequiresSession]\n    [Xunit.Fact]", StringComparison.Ordinal),
        await Verify.MendAsync(RuleIds.MissingSessionHere, Test("void It() { Tool.Go(); }"), RuleIds.MissingSessionHere + MissingSessionFix.Required));

    [Fact]
    public async Task Crlf_stays()
    {
        string mended = await Verify.MendAsync(RuleIds.MissingSessionHere, Test("int It() => Tool.Go();").Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.DoesNotContain("\n", mended.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Use.It();", "void It()\n    {\n        Tool.Go();\n    }")]
    [InlineData("await Use.It();", "Task It() => Tool.GoAsync();")]
    public async Task Calls_are_recorded_then_and_the_session_ends(string call, string member)
    {
        string mended = await Verify.MendAsync(RuleIds.MissingSessionHere, Test(member));
        GeneratedProgram program = GeneratedProgram.Create(
            mended.Replace("Session.Start();", "Kept.Last = Session.Start();", StringComparison.Ordinal)
            + $"public static class Kept {{ public static Session? Last; }}\npublic static class Program {{ public static async Task<Session> Run() {{ {call} await Task.Yield(); return Kept.Last!; }} }}");

        Session session = await program.RunAsync<Session>();

        Assert.True(session.IsEnded);
        Assert.Equal("1", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Returns?.ToString());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1, "")]
    [InlineData(FixAllScope.Project, 2, "")]
    [InlineData(FixAllScope.Solution, 3, "")]
    [InlineData(FixAllScope.Document, 1, MissingSessionFix.Required)]
    [InlineData(FixAllScope.Project, 2, MissingSessionFix.Required)]
    [InlineData(FixAllScope.Solution, 3, MissingSessionFix.Required)]
    public async Task All_entry_points_are_mended(FixAllScope scope, int files, string suffix) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.MissingSessionHere, scope,
        "public static class NAME { [RecordTool] public static int Go() => 1; [Xunit.Fact] public static void A() { Go(); } [Xunit.Fact] public static void B() => Go(); [Xunit.Fact] public static async Task C() { Go(); await Task.Yield(); } }",
        RuleIds.MissingSessionHere + suffix));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_entry_points_that_reach_calls_through_others_are_mended(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.MissingSession, scope,
        "public static class NAME { [RecordTool] public static int Go() => 1; private static int Deep() => Go(); [Xunit.Fact] public static void A() { Deep(); } [Xunit.Fact] public static async Task B() { Deep(); await Task.Yield(); } }"));

    private static string Test(string member) => Tool + $"public static class Use\n{{\n    [Xunit.Fact]\n    public static {member}\n}}\n";

    private static string Endpoint(string handler) => "using Microsoft.AspNetCore.Builder;\n" + Tool + $"public static class Use\n{{\n    public static void Map(object app)\n    {{\n        app.MapGet(\"/\", {handler});\n    }}\n}}\n" + Endpoints;
}
