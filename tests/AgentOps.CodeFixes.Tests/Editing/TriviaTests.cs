using AgentOps.Generators.Diagnostics;
using Groups = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Calls.MethodGroupFix>;
using Secrets = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CaptureAnalyzer, AgentOps.CodeFixes.Data.SecretNameFix>;
using Marks = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.Generators.Diagnostics.CallSiteAnalyzer, AgentOps.CodeFixes.Declarations.InvalidMarkFix>;

namespace AgentOps.CodeFixes.Tests.Editing;

/// <summary>What stands around a place stays as it is written: comments, regions, directives, tabs and ends of lines.</summary>
public sealed class TriviaTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Everything_around_stays(string newLine)
    {
        string source =
            """
            // Above.
            #region tools
            public static class Tools
            {
            	// Tabs here.
            	[RecordTool] public static int Twice(
            		int n /* the number */, // and more
            		int m)
            	{
            #if !NEVER
            		return 2 * n;
            #else
            		return 3 * n;
            #endif
            	}
            	public static void It()
            	{
            #pragma warning disable CS0219
            		Func<int, int, int> f = /* before */ Tools // across
            			.Twice /* after */; // end
            #pragma warning restore CS0219
            	}
            }
            #endregion
            // Below, without an end of line.
            """.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", newLine, StringComparison.Ordinal);

        Assert.Equal(
            source.Replace("/* before */ Tools", "/* before */ (n, m) => Tools", StringComparison.Ordinal).Replace(".Twice /* after */", ".Twice(n, m) /* after */", StringComparison.Ordinal),
            await Groups.MendAsync(RuleIds.MethodGroup, source));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Marks_stand_between_comments_and_what_they_mark(string newLine)
    {
        string source = "public class Login\n{\n\t/// <summary>The word.</summary>\n\t#region word\n\t// of honour\n\tpublic string Password { get; set; } = \"\"; // secret\n\t#endregion\n}\npublic class Tool { [RecordTool] public void Do(Login l) { } }\n"
            .Replace("\n", newLine, StringComparison.Ordinal);

        Assert.Equal(
            source.Replace("\tpublic string", $"\t[Redact]{newLine}\tpublic string", StringComparison.Ordinal),
            await Secrets.MendAsync(RuleIds.SecretByName, source));
    }

    [Fact]
    public async Task Directives_around_a_mark_stay() => Assert.Equal(
        "public static class Use\n{\n    public static int It()\n    {\n#if !NEVER\n#endif\n        static int Local(int n) => n;\n        return Local(1);\n    }\n}\n",
        await Marks.MendAsync(RuleIds.NotAnOrdinaryMethod, "public static class Use\n{\n    public static int It()\n    {\n#if !NEVER\n        [RecordTool]\n#endif\n        static int Local(int n) => n;\n        return Local(1);\n    }\n}\n"));
}
