using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Ended = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.CodeFixes.Tests.Support.NotEndedPlaces, AgentOps.CodeFixes.Sessions.KeptSessionFix>;
using Kept = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.CodeFixes.Tests.Support.IgnoredPlaces, AgentOps.CodeFixes.Sessions.KeptSessionFix>;

namespace AgentOps.CodeFixes.Tests.Sessions;

/// <summary>AOPS0503 and AOPS0504: a session ends with its block.</summary>
public sealed class KeptSessionFixTests
{
    [Theory]
    [InlineData("void It() { /* run */ /*!*/Session.Start(); }", "void It() { /* run */ /*!*/using var session = Session.Start(); }")]
    [InlineData("void It() { _ = /*!*/Session.Start(); }", "void It() { using var session = Session.Start(); }")]
    [InlineData("void It(int session) { /*!*/Session.Start(new SessionOptions { Name = \"a\" }); }", "void It(int session) { /*!*/using var session2 = Session.Start(new SessionOptions { Name = \"a\" }); }")]
    [InlineData("async Task It() { /*!*/Session.Start(); await Task.Yield(); }", "async Task It() { /*!*/await using var session = Session.Start(); await Task.Yield(); }")]
    public async Task Session_that_nobody_keeps_is_kept(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static {after} }}", await Kept.MendAsync("AOPS0503", $"public static class Use {{ public static {before} }}"));

    [Theory]
    [InlineData("void It(bool b) { if (b) /*!*/Session.Start(); }")]
    [InlineData("Session It() => /*!*/Session.Start();")]
    public async Task Session_where_no_variable_may_be_declared_is_left_alone(string member) =>
        Assert.Empty(await Kept.OfferedAsync("AOPS0503", $"public static class Use {{ public static {member} }}"));

    [Theory]
    [InlineData("void It() { var /*!*/s = Session.Start(); }", "void It() { using var /*!*/s = Session.Start(); }")]
    [InlineData("async Task It()\n{\n    // one\n    Session /*!*/s = Session.Start(); // two\n    await Task.Yield();\n}", "async Task It()\n{\n    // one\n    await using Session /*!*/s = Session.Start(); // two\n    await Task.Yield();\n}")]
    public async Task Session_is_ended_on_every_path(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static {after} }}", await Ended.MendAsync("AOPS0504", $"public static class Use {{ public static {before} }}"));

    [Theory]
    [InlineData("void It() { var /*!*/s = Session.Start(); s = Session.Start(); s.End(); }")]
    [InlineData("void It() { Session /*!*/s = Session.Start(), t = Session.Start(); }")]
    public async Task Session_that_using_does_not_allow_is_left_alone(string member) =>
        Assert.Empty(await Ended.OfferedAsync("AOPS0504", $"public static class Use {{ public static {member} }}"));

    [Fact]
    public async Task Session_has_ended_when_the_block_is_left()
    {
        string mended = await Kept.MendAsync("AOPS0503", "public static class Program { public static bool Run() { Start(); return Session.Current is null; } private static void Start() { /*!*/Session.Start(); } }");

        Assert.True(await GeneratedProgram.Create(mended).RunAsync<bool>());
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task All_are_kept(FixAllScope scope)
    {
        using Support.EditedSolution edited = Support.EditedSolution.Of(("/a/One.cs", "public static class One { public static void A() { /*!*/Session.Start(); } public static void B() { /*!*/Session.Start(); } }"));

        var changed = await Kept.MendAllAsync(edited, "AOPS0503", scope);

        Assert.Equal(
            "public static class One { public static void A() { /*!*/using var session = Session.Start(); } public static void B() { /*!*/using var session = Session.Start(); } }",
            await edited.TextAsync(changed, "One.cs"));
    }
}
