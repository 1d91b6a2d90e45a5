using AgentOps.TestSupport;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Tests;

/// <summary>How much of a call is captured: an attribute says it, else the project.</summary>
public sealed class CaptureLevelTests
{
    [Theory]
    [InlineData("Capture.All", "n=1, text=\"t\"", "2")]
    [InlineData("Capture.Arguments", "n=1, text=\"t\"", null)]
    [InlineData("Capture.Result", "", "2")]
    [InlineData("Capture.None", "", null)]
    public async Task Attribute_says_what_is_captured(string capture, string arguments, string? returns)
    {
        string[] methods =
        [
            "static int Use(int n, string text) => 2;",
            "static Task<int> Use(int n, string text) => Task.FromResult(2);",
            "static async Task<int> Use(int n, string text) { await Task.Yield(); return 2; }",
            "static ValueTask<int> Use(int n, string text) => new(2);",
            "static async ValueTask<int> Use(int n, string text) { await Task.Yield(); return 2; }",
        ];
        foreach (string method in methods)
        {
            RecordedRun run = await RecordedRun.Of(
                $$"""public static class Tools { [RecordTool(Capture = {{capture}})] public {{method}} }""",
                method.Contains("Task", StringComparison.Ordinal) ? """Check.That(await Tools.Use(1, "t") == 2);""" : """Check.That(Tools.Use(1, "t") == 2);""");

            Assert.Equal(arguments, run.Call.Arguments());
            Assert.Equal(returns, run.Call.Returns?.ToString());
            Assert.Equal(Events.EventStatus.Ok, run.Call.Status);
        }
    }

    [Fact]
    public async Task Getters_of_what_is_not_captured_are_not_called()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public sealed class Counted { public static int Reads; public int Value { get { Reads++; return 1; } } }
            public static class Tools { [RecordAction(Capture = Capture.None)] public static Counted Use(Counted value, out Counted other) => other = value; }
            """,
            "Tools.Use(new Counted(), out _); Check.That(Counted.Reads == 0);");

        Assert.Equal(("", null), (run.Call.Arguments(), run.Call.Returns));
    }

    [Fact]
    public async Task Stream_without_its_result_still_says_how_many_items_there_were()
    {
        RecordedRun run = await RecordedRun.Of(
            """public static class Tools { [RecordTool(Capture = Capture.Arguments)] public static async IAsyncEnumerable<string> Use(int n) { for (int i = 0; i < n; i++) { await Task.Yield(); yield return "item"; } } }""",
            "await foreach (string item in Tools.Use(2)) { }");

        Assert.Equal("n=2", run.Call.Arguments());
        Assert.Equal("2", run.Call.Returns!.Property("item_count")!.ToString());
        Assert.Null(run.Call.Returns!.Property("items"));
    }

    [Fact]
    public async Task Model_call_without_content_still_says_its_usage()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            using OpenAI.Chat;
            #pragma warning disable OPENAI001 // The factory's longer overloads.
            public static class Model
            {
                [RecordLlm(Capture = Capture.None)] public static ChatCompletion Ask(string prompt) => OpenAIChatModelFactory.ChatCompletion(
                    model: "gpt-5", content: new ChatMessageContent("words"), usage: OpenAIChatModelFactory.ChatTokenUsage(inputTokenCount: 3));
            }
            """,
            """Model.Ask("p");""");

        var llm = Assert.IsType<Events.LlmEvent>(run.Call);
        Assert.Equal(("gpt-5", 3L), (llm.Model, llm.Usage!.InputTokens));
        Assert.Equal((null, null), (llm.Prompt, llm.Completion));
    }

    [Theory]
    [InlineData("None", "", false, false)]
    [InlineData("arguments", "", true, false)]
    [InlineData("Result", "", false, true)]
    [InlineData("All", "", true, true)]
    [InlineData("", "", true, true)]
    [InlineData("Nothing", "", false, false)]
    [InlineData("None", "(Capture = Capture.All)", true, true)]
    [InlineData("All", "(Capture = Capture.None)", false, false)]
    public void Property_of_the_project_decides_where_the_attribute_does_not(string property, string arguments, bool takesArguments, bool takesResult)
    {
        GeneratorDriver driver = GeneratedProgram.CreateDriver(new Dictionary<string, string> { ["ProjectDir"] = "/project/", ["AgentOpsCapture"] = property });
        string generated = driver.RunGenerators(GeneratedProgram.Compile(("/project/Program.cs",
            $$"""
            public static class Tools { [RecordTool{{arguments}}] public static string Use(string text) => text; }
            public static class Program { public static string Run() => Tools.Use("t"); }
            """)), TestContext.Current.CancellationToken).GetRunResult().GeneratedTrees.First(static t => t.FilePath.Contains("Program", StringComparison.Ordinal)).ToString();

        Assert.Equal(takesArguments, generated.Contains("writer.Write(text);", StringComparison.Ordinal));
        Assert.Equal(takesResult, generated.Contains("returned.Write(result);", StringComparison.Ordinal));
    }
}
