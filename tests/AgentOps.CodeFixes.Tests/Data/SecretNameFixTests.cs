using AgentOps.CodeFixes.Data;
using AgentOps.Events;
using AgentOps.Generators.Diagnostics;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CaptureAnalyzer, AgentOps.CodeFixes.Data.SecretNameFix>;

namespace AgentOps.CodeFixes.Tests.Data;

/// <summary>AOPS0302: what is named like a secret is said to be one, or none.</summary>
public sealed class SecretNameFixTests
{
    [Theory]
    [InlineData("[RecordTool] public void Do(int n, string apiKey) { }", "[RecordTool] public void Do(int n, [Redact] string apiKey) { }")]
    [InlineData("[RecordTool] public string GetApiKey() => \"\";", "[return: Redact] [RecordTool] public string GetApiKey() => \"\";")]
    [InlineData("[RecordTool] public void Do(Login login) { } public record Login(string Password);", "[RecordTool] public void Do(Login login) { } public record Login([Redact] string Password);")]
    [InlineData("[RecordTool] public void Do(Login login) { } public class Login { public string Password { get; set; } = \"\"; }", "[RecordTool] public void Do(Login login) { } public class Login { [Redact] public string Password { get; set; } = \"\"; }")]
    public async Task Mark_is_put_where_the_value_is_declared(string before, string after) =>
        Assert.Equal($"public class Tool {{ {after} }}", await Verify.MendAsync(RuleIds.SecretByName, $"public class Tool {{ {before} }}"));

    [Fact]
    public async Task Mark_has_a_line_of_its_own_below_comments_and_above_other_marks() => Assert.Equal(
        "public class Tool\r\n{\r\n    /// <summary>Gets it.</summary>\r\n    [return: Redact]\r\n    [RecordTool]\r\n    public string GetApiKey() => \"\";\r\n}\r\n",
        await Verify.MendAsync(RuleIds.SecretByName, "public class Tool\r\n{\r\n    /// <summary>Gets it.</summary>\r\n    [RecordTool]\r\n    public string GetApiKey() => \"\";\r\n}\r\n"));

    [Theory]
    [InlineData("", "[redacted]")]
    [InlineData(SecretNameFix.Recorded, "\"k\"")]
    public async Task Value_is_recorded_as_the_mark_says(string suffix, string recorded)
    {
        string mended = await Verify.MendAsync(
            RuleIds.SecretByName,
            "public static class Program { [RecordTool] private static void Do(string apiKey) { } public static Session Run() { using var session = Session.Start(); Do(\"k\"); return session; } }",
            RuleIds.SecretByName + suffix);

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.Contains(recorded, Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Params[0].Value.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1, "")]
    [InlineData(FixAllScope.Project, 2, "")]
    [InlineData(FixAllScope.Solution, 3, "")]
    [InlineData(FixAllScope.Document, 1, SecretNameFix.Recorded)]
    [InlineData(FixAllScope.Project, 2, SecretNameFix.Recorded)]
    [InlineData(FixAllScope.Solution, 3, SecretNameFix.Recorded)]
    public async Task All_are_marked(FixAllScope scope, int files, string suffix) => Assert.Equal(files, await Verify.FilesMendedAsync(
        RuleIds.SecretByName, scope,
        "public class NAME { [RecordTool] public string GetToken(string apiKey, string password, LoginNAME login) => apiKey; } public record LoginNAME(string Secret, string AccessToken);",
        RuleIds.SecretByName + suffix));
}
