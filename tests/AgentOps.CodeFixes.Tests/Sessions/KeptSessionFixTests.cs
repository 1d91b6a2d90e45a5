using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.Sessions.SessionLifetimeAnalyzer, AgentOps.CodeFixes.Sessions.KeptSessionFix>;

namespace AgentOps.CodeFixes.Tests.Sessions;

/// <summary>AOPS0503, AOPS0504 and AOPS0508: a session ends with its block.</summary>
public sealed class KeptSessionFixTests
{
    [Theory]
    [InlineData("void It() { /* run */ Session.Start(); }", "void It() { /* run */ using var session = Session.Start(); }")]
    [InlineData("void It() { _ = Session.Start(); }", "void It() { using var session = Session.Start(); }")]
    [InlineData("void It(int session) { Session.Start(new SessionOptions { Name = \"a\" }); }", "void It(int session) { using var session2 = Session.Start(new SessionOptions { Name = \"a\" }); }")]
    [InlineData("async Task It() { Session.Resume(Guid.NewGuid()); await Task.Yield(); }", "async Task It() { await using var session = Session.Resume(Guid.NewGuid()); await Task.Yield(); }")]
    public async Task Session_that_nobody_keeps_is_kept(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static {after} }}", await Verify.MendAsync(RuleIds.IgnoredSession, $"public static class Use {{ public static {before} }}"));

    [Theory]
    [InlineData("void It(bool b) { if (b) Session.Start(); }")]
    [InlineData("void It() => Session.Start();")]
    public async Task Session_where_no_variable_may_be_declared_is_left_alone(string member) =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.IgnoredSession, $"public static class Use {{ public static {member} }}"));

    [Theory]
    [InlineData("void It(bool b) { var s = Session.Start(); if (b) return; s.End(); }", "void It(bool b) { using var s = Session.Start(); if (b) return; s.End(); }")]
    [InlineData("async Task It(bool b)\n{\n    // one\n    Session s = Session.Start(); // two\n    if (b)\n        await Task.Yield();\n    else\n        s.End();\n}", "async Task It(bool b)\n{\n    // one\n    await using Session s = Session.Start(); // two\n    if (b)\n        await Task.Yield();\n    else\n        s.End();\n}")]
    public async Task Session_is_ended_on_every_path(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static {after} }}", await Verify.MendAsync(RuleIds.SessionNotEnded, $"public static class Use {{ public static {before} }}"));

    [Fact]
    public async Task Session_that_is_declared_with_another_is_left_alone() =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.SessionNotEnded, "public static class Use { public static void It(bool b) { Session s = Session.Start(), t = s; if (b) s.End(); } }".Replace(", t = s", ", t = Session.Start()", StringComparison.Ordinal)));

    [Fact]
    public async Task Session_has_ended_when_the_block_is_left()
    {
        string mended = await Verify.MendAsync(RuleIds.IgnoredSession, "public static class Program { public static bool Run() { Start(); return true; } private static void Start() { Session.Start(); } }");

        Assert.True(await GeneratedProgram.Create(mended.Replace("return true", "return Session.Current is null", StringComparison.Ordinal)).RunAsync<bool>());
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_kept(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.IgnoredSession, scope,
        "public static class NAME { public static void A() { Session.Start(); Session.Start(); } public static void B() { Session.Start(); } }"));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_ended(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.SessionNotEnded, scope,
        "public static class NAME { public static void A(bool b) { var s = Session.Start(); if (b) s.End(); } public static void B(bool b) { var s = Session.Start(); var t = Session.Start(); if (b) { s.End(); t.End(); } } }"));

    [Theory]
    [InlineData("void It(int[] a) { foreach (int n in a) { var s = Session.Start(); s.AddTags(\"t\"); } }", "void It(int[] a) { foreach (int n in a) { using var s = Session.Start(); s.AddTags(\"t\"); } }")]
    [InlineData("async Task It() { while (true) { Session s = Session.Start(); await Task.Yield(); } }", "async Task It() { while (true) { await using Session s = Session.Start(); await Task.Yield(); } }")]
    public async Task Session_of_a_round_is_ended_with_it(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static {after} }}", await Verify.MendAsync(RuleIds.SessionsPileUp, $"public static class Use {{ public static {before} }}"));

    [Fact]
    public async Task Session_that_is_kept_in_a_field_is_left_alone() =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.SessionsPileUp, "public static class Use { private static Session? s_kept; public static void It() { s_kept = Session.Start(); } }"));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_end_with_their_round(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.SessionsPileUp, scope,
        "public static class NAME { public static void A(int[] a) { foreach (int n in a) { var s = Session.Start(); s.AddTags(\"t\"); } while (a.Length > 0) { var t = Session.Start(); t.AddTags(\"t\"); } } }"));
}
