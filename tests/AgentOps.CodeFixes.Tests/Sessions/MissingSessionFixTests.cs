using AgentOps.Events;
using AgentOps.TestSupport;
using Microsoft.CodeAnalysis.CodeFixes;
using Verify = AgentOps.CodeFixes.Tests.Support.FixVerifier<AgentOps.CodeFixes.Tests.Support.MissingSessionPlaces, AgentOps.CodeFixes.Sessions.MissingSessionFix>;

namespace AgentOps.CodeFixes.Tests.Sessions;

/// <summary>AOPS0501 and AOPS0502: a session is started at the entry point, or asked for there.</summary>
public sealed class MissingSessionFixTests
{
    private const string Tool = "public static class Tool { [RecordTool] public static int Go() => 1; [RecordTool] public static async Task<int> GoAsync() { await Task.Yield(); return 1; } }\n";

    [Theory]
    [InlineData("void Main()\n    {\n        Tool./*!*/Go(); // goes\n    }", "void Main()\n    {\n        using var session = Session.Start();\n        Tool./*!*/Go(); // goes\n    }")]
    [InlineData("void Main() { Tool./*!*/Go(); }", "void Main() { using var session = Session.Start(); Tool./*!*/Go(); }")]
    [InlineData("void Main()\n    {\n        // first\n        var session = 1;\n        Tool./*!*/Go();\n    }", "void Main()\n    {\n        using var session2 = Session.Start();\n        // first\n        var session = 1;\n        Tool./*!*/Go();\n    }")]
    [InlineData("async Task Main() { await Tool./*!*/GoAsync(); }", "async Task Main() { await using var session = Session.Start(); await Tool./*!*/GoAsync(); }")]
    [InlineData("int Main() => Tool./*!*/Go(); // goes", "int Main()\n    {\n        using var session = Session.Start();\n        return Tool./*!*/Go();\n    } // goes")]
    [InlineData("void Main() => Tool./*!*/Go();", "void Main()\n    {\n        using var session = Session.Start();\n        Tool./*!*/Go();\n    }")]
    [InlineData("Task Main() => Tool./*!*/GoAsync();", "async Task Main()\n    {\n        await using var session = Session.Start();\n        await Tool./*!*/GoAsync();\n    }")]
    [InlineData("Task<int> Main() => Tool./*!*/GoAsync();", "async Task<int> Main()\n    {\n        await using var session = Session.Start();\n        return await Tool./*!*/GoAsync();\n    }")]
    [InlineData("async Task<int> Main() => 1 + await Tool./*!*/GoAsync();", "async Task<int> Main()\n    {\n        await using var session = Session.Start();\n        return 1 + await Tool./*!*/GoAsync();\n    }")]
    [InlineData("Func<int> Main = () => Tool./*!*/Go();", "Func<int> Main = () =>\n    {\n        using var session = Session.Start();\n        return Tool./*!*/Go();\n    };")]
    [InlineData("Func<Task<int>> Main = () => Tool./*!*/GoAsync();", "Func<Task<int>> Main = async () =>\n    {\n        await using var session = Session.Start();\n        return await Tool./*!*/GoAsync();\n    };")]
    public async Task Session_is_started_where_the_program_begins(string before, string after) =>
        Assert.Equal(Program(after), await Verify.MendAsync("AOPS0502", Program(before)));

    [Theory]
    [InlineData("Task Main() { return Tool./*!*/GoAsync(); }")]
    [InlineData("void Main() { Tool./*!*/Go(); using var late = Session.Start(); }")]
    [InlineData("int Main = Tool./*!*/Go();")]
    public async Task Session_that_would_end_too_early_or_exists_is_not_started(string member) =>
        Assert.DoesNotContain("Start a session here", await Verify.OfferedAsync("AOPS0502", Program(member)));

    [Fact]
    public async Task Crlf_stays()
    {
        string mended = await Verify.MendAsync("AOPS0502", Program("int Main() => Tool./*!*/Go();\r\n").Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.DoesNotContain("\n", mended.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Program.Main();", "public static void Main()\n    {\n        Tool./*!*/Go();\n    }")]
    [InlineData("await Program.Main();", "public static Task Main() => Tool./*!*/GoAsync();")]
    public async Task Calls_are_recorded_then(string call, string main)
    {
        string mended = await Verify.MendAsync("AOPS0502", Tool + $$"""
            public static class Program
            {
                public static Session? Last;
                {{main}}
                public static async Task<int> Run() { {{call}} await Task.Yield(); return 1; }
            }
            """);
        mended = mended.Replace("Session.Start();", "Last = Session.Start();", StringComparison.Ordinal)
            .Replace("Task<int> Run()", "Task<Session> Run()", StringComparison.Ordinal).Replace("return 1; }\n}", "return Last!; }\n}", StringComparison.Ordinal);

        Session session = await GeneratedProgram.Create(mended).RunAsync<Session>();

        Assert.True(session.IsEnded);
        Assert.Equal("1", Assert.Single(session.ReadEvents().OfType<ToolEvent>()).Returns?.ToString());
    }

    [Theory]
    [InlineData(FixAllScope.Document, "One")]
    [InlineData(FixAllScope.Project, "One Two")]
    [InlineData(FixAllScope.Solution, "One Two Three")]
    public async Task All_are_started_once_in_each(FixAllScope scope, string mended)
    {
        const string File = "public static class NAME { [RecordTool] public static int Go() => 1; public static void A() { /*!*/Go(); } public static void B() { /*!*/Go(); /*!*/Go(); } }";
        using Support.EditedSolution edited = Support.EditedSolution.Of(("/a/One.cs", Named(File, "One")), ("/a/Two.cs", Named(File, "Two"))).With("Other", ("/b/Three.cs", Named(File, "Three")));

        var changed = await Verify.MendAllAsync(edited, "AOPS0502", scope);

        foreach (string name in (string[])["One", "Two", "Three"])
        {
            string text = await edited.TextAsync(changed, name + ".cs");
            Assert.Equal(mended.Split(' ').Contains(name) ? 2 : 0, text.Split("using var session = Session.Start();").Length - 1);
        }
    }

    private static string Named(string file, string name) => file.Replace("NAME", name, StringComparison.Ordinal);

    private static string Program(string member, string modifiers = "public static ") => Tool + $"public static class Program\n{{\n    {modifiers}{member}\n}}\n";
}
