using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Which argument says which model is asked.</summary>
public sealed class AskedModelTests
{
    private const string Options =
        """
        public sealed class Options { public string? ModelId { get; set; } public int Limit { get; set; } }
        public sealed class Marked { public string? ModelId => "other"; [Model] public string Which => "marked"; }
        public sealed class Throwing { public string Model => throw new InvalidOperationException("no"); }
        public sealed class Hidden { [Redact] public string ModelId => "x"; [Redact, Model] public string Which => "x"; }
        public enum Kind { Large, Small }
        public sealed class WithKind { public Kind Model => Kind.Small; }
        """;

    [Theory]
    [InlineData("string prompt, string model", "\"?\", \"m\"", "m")]
    [InlineData("string prompt, string? model_id = null", "\"?\", \"m\"", "m")]
    [InlineData("string deploymentName", "\"m\"", "m")]
    [InlineData("string model, [Model] string which", "\"x\", \"m\"", "m")]
    [InlineData("[Model] Kind which", "Kind.Large", "large")]
    [InlineData("string prompt, Options options", "\"?\", new() { ModelId = \"m\" }", "m")]
    [InlineData("Options? options", "null", null)]
    [InlineData("Options options", "new()", null)]
    [InlineData("Marked options", "new()", "marked")]
    [InlineData("WithKind options", "new()", "small")]
    [InlineData("Throwing options", "new()", null)]
    [InlineData("Hidden options", "new()", null)]
    [InlineData("string model, Options options", "\"m\", new() { ModelId = \"x\" }", "m")]
    [InlineData("string? model, Options options", "null, new() { ModelId = \"x\" }", null)]
    [InlineData("int model, string modelVersion", "1, \"x\"", null)]
    [InlineData("[Redact] string model", "\"x\"", null)]
    [InlineData("[Redact] Options options", "new() { ModelId = \"x\" }", null)]
    [InlineData("in Options options", "new() { ModelId = \"m\" }", "m")]
    [InlineData("Microsoft.Extensions.AI.ChatOptions? options", "new() { ModelId = \"m\" }", "m")]
    [InlineData("Anthropic.Models.Messages.MessageCreateParams request", "new() { Model = \"claude-x\", MaxTokens = 1, Messages = [] }", "claude-x")]
    [InlineData("Anthropic.Models.Messages.MessageCreateParams request", "new() { Model = Anthropic.Models.Messages.Model.ClaudeHaiku4_5, MaxTokens = 1, Messages = [] }", "claude-haiku-4-5")]
    public async Task Argument_says_the_model_that_is_asked(string parameters, string arguments, string? asked)
    {
        foreach (string attribute in (string[])["[RecordLlm]", "[RecordLlm(Capture = Capture.None)]"])
        {
            IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.Run(Options, $"{attribute} public static string Ask({parameters}) => \"\";", $"Model.Ask({arguments});");

            Assert.Equal((asked, asked, EventStatus.Ok), (calls["Ask"].RequestModel, calls["Ask"].Model, calls["Ask"].Status));
        }
    }

    [Fact]
    public async Task Argument_wins_over_the_attribute_and_the_answer_over_both()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.Run(
            "public record Reply(string Model);",
            """
            [RecordLlm(Model = "attribute")] public static string Ask(string model) => "";
            [RecordLlm(Model = "attribute")] public static Reply Answered(string model) => new("answer");
            """,
            "Model.Ask(\"argument\"); Model.Answered(\"argument\");");

        Assert.Equal(("argument", "argument"), (calls["Ask"].RequestModel, calls["Ask"].Model));
        Assert.Equal(("argument", "answer"), (calls["Answered"].RequestModel, calls["Answered"].Model));
    }

    [Fact]
    public async Task Arguments_are_recorded_beside_the_model_as_they_are_without()
    {
        RecordedRun run = await RecordedRun.Of(
            Options + """
            [TrackAgent("one")] public sealed class Agent { [RecordLlm] public string Ask(string model, int attempts, Options options) => ""; }
            """,
            "new Agent().Ask(\"m\", 2, new() { Limit = 3 });");

        var llm = Assert.IsType<LlmEvent>(run.Call);
        Assert.Equal(("m", "one"), (llm.RequestModel, llm.Agent!.Name));
        Assert.Equal("""model="m", attempts=2, options={"ModelId":null,"Limit":3}""", llm.Arguments());
    }

    [Fact]
    public async Task Mark_on_an_interface_counts_for_what_implements_it_and_bodies_ask_as_calls_do()
    {
        RecordedRun run = await RecordedRun.Of(
            """
            public interface IModel { [RecordLlm] string Ask([Model] string which); }
            public sealed class Implementation : IModel { public string Ask(string which) => ""; }
            public static partial class Body { [RecordLlm] public static partial string Say(Options options); private static string SayCore(Options options) => ""; }
            """ + Options,
            "new Implementation().Ask(\"m\"); Func<Options, string> say = Body.Say; say(new() { ModelId = \"n\" });");

        Assert.Equal(["m", "n"], run.Events.OfType<LlmEvent>().Select(static e => e.RequestModel));
    }
}
