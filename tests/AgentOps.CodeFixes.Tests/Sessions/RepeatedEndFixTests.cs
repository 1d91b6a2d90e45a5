using AgentOps.Generators.Diagnostics;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.Sessions.SessionLifetimeAnalyzer, AgentOps.CodeFixes.Sessions.RepeatedEndFix>;

namespace AgentOps.CodeFixes.Tests.Sessions;

/// <summary>AOPS0505: an end that does nothing is removed.</summary>
public sealed class RepeatedEndFixTests
{
    [Theory]
    [InlineData("{ var s = Session.Start(); s.End(); s.End(); }", "{ var s = Session.Start(); s.End(); }")]
    [InlineData("{ using var s = Session.Start(); s.End(EndState.Fail, \"no\"); s.End(EndState.Success, \"yes\"); Console.WriteLine(); }", "{ using var s = Session.Start(); s.End(EndState.Fail, \"no\"); Console.WriteLine(); }")]
    [InlineData("{\n        var s = Session.Start();\n        s.End();\n        // again\n        s.End();\n    }", "{\n        var s = Session.Start();\n        s.End();\n        // again\n    }")]
    public async Task End_that_does_nothing_is_removed(string before, string after) =>
        Assert.Equal($"public static class Use {{ public static void It() {after} }}", await Verify.MendAsync(RuleIds.SessionEndedTwice, $"public static class Use {{ public static void It() {before} }}"));

    [Theory]
    [InlineData("{ var s = Session.Start(); s.End(); s.End(EndState.Success, Console.ReadLine()); }")]
    [InlineData("{ var s = Session.Start(); s.End(); if (b) s.End(); }")]
    public async Task End_with_which_something_would_be_lost_is_left_alone(string body) =>
        Assert.Empty(await Verify.OfferedAsync(RuleIds.SessionEndedTwice, $"public static class Use {{ public static void It(bool b) {body} }}"));

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task All_are_removed(FixAllScope scope, int files) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.SessionEndedTwice, scope,
        "public static class NAME { public static void A() { var s = Session.Start(); s.End(); s.End(); s.End(); } public static void B() { using var s = Session.Start(); s.End(); s.End(); } }"));
}
