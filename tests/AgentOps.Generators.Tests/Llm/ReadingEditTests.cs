namespace AgentOps.Generators.Tests;

/// <summary>What is read of a result is declared in other files than the call: edits there are seen.</summary>
public sealed class ReadingEditTests
{
    private const string Types = "/project/Types.cs";

    [Theory]
    [InlineData("int Read", "[TokenUsage(TokenKind.Input)] int Read")]
    [InlineData("int Read", "int InputTokens")]
    [InlineData("string Engine", "string Model")]
    [InlineData("public record Reply", "[TokenUsage] public record Reply")]
    [InlineData("[TokenUsage(TokenKind.Output)]", "[TokenUsage(TokenKind.Output, OutputExcludesReasoning = true)]")]
    [InlineData("public string? Which", "[Model] public string? Which")]
    [InlineData("public string? Which", "public string? ModelId")]
    [InlineData("string which", "[Model] string which")]
    [InlineData("string which", "string model")]
    public void Edit_of_a_declaration_changes_what_is_read_as_a_fresh_run_does(string old, string text)
    {
        GeneratorEdits project = Project();
        IReadOnlyDictionary<string, string> before = project.Texts();

        project.Replace(Types, old, text);

        Assert.Equal(project.FromScratch(), project.Texts());
        if (!text.StartsWith("[TokenUsage] public", StringComparison.Ordinal))
            Assert.NotEqual(before["Call.AgentOps.g.cs"], project.Texts()["Call.AgentOps.g.cs"]);
    }

    [Fact]
    public void Edit_of_a_getter_binds_nothing()
    {
        GeneratorEdits project = Project().Replace(Types, "=> 5", "=> 6");

        Assert.Equal(0, project.Changed(GeneratorSteps.Bind));
        Assert.Equal(project.FromScratch(), project.Texts());
    }

    private static GeneratorEdits Project() => new(
        (Types,
            """
            public record Reply(string Text, int Read, string Engine, [TokenUsage(TokenKind.Output)] int Said) { public int Reasoning => 5; }
            public class Options { public string? Which { get; set; } }
            public static class Client { [RecordLlm] public static Reply Ask(string which, Options options) => null!; }
            """),
        ("/project/Call.cs", "public static class Call { public static Reply Make() => Client.Ask(\"w\", new()); }"));
}
