using AgentOps.Events;

namespace AgentOps.Generators.Tests;

/// <summary>Versions of packages whose types have fewer members, or are called otherwise: what they have is read.</summary>
public sealed class OlderPackageTests
{
    [Fact]
    public async Task Response_under_its_former_name_with_usage_alone()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            """
            namespace OpenAI.Responses
            {
                public class OldUsage { public int InputTokens { get; set; } public int OutputTokens { get; set; } }
                public class OpenAIResponse { public string? Id { get; set; } public OldUsage? Usage { get; set; } }
            }
            """,
            "OpenAI.Responses.OpenAIResponse", "new OpenAI.Responses.OpenAIResponse { Id = \"r\", Usage = new() { InputTokens = 3, OutputTokens = 4 } }");

        Assert.All(calls.Values, static llm => Assert.Equal(("openai", "r", 3L, 4L), (llm.Provider, llm.ResponseId, llm.Usage!.InputTokens, llm.Usage.OutputTokens)));
    }

    [Fact]
    public async Task Completions_that_have_their_text_in_choices_only()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            """
            namespace Azure.AI.Inference
            {
                public class ChatResponseMessage { public string? Content { get; set; } }
                public class ChatChoice { public ChatResponseMessage? Message { get; set; } public string? FinishReason { get; set; } }
                public class CompletionsUsage { public int PromptTokens { get; set; } public int CompletionTokens { get; set; } }
                public class ChatCompletions { public CompletionsUsage? Usage { get; set; } public IReadOnlyList<ChatChoice> Choices { get; set; } = []; }
            }
            """,
            "Azure.AI.Inference.ChatCompletions",
            "new Azure.AI.Inference.ChatCompletions { Usage = new() { PromptTokens = 3, CompletionTokens = 4 }, Choices = [new() { FinishReason = \"stop\", Message = new() { Content = \"hi\" } }] }");

        Assert.All(calls.Values, static llm => Assert.Equal(("stop", "\"hi\"", 3L), (llm.FinishReason, llm.Completion!.ToString(), llm.Usage!.InputTokens)));
    }

    [Fact]
    public async Task Counts_without_caches_and_whole_numbers_that_are_never_absent()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfStream(
            """
            namespace Amazon.Runtime.EventStreams { public interface IEventStreamEvent { } }
            namespace Amazon.BedrockRuntime.Model
            {
                public class TokenUsage { public int InputTokens { get; set; } public int OutputTokens { get; set; } }
                public class ContentBlockDelta { public string? Text { get; set; } }
                public class ContentBlockDeltaEvent : Amazon.Runtime.EventStreams.IEventStreamEvent { public int ContentBlockIndex { get; set; } public ContentBlockDelta? Delta { get; set; } }
                public class ConverseStreamMetadataEvent : Amazon.Runtime.EventStreams.IEventStreamEvent { public TokenUsage? Usage { get; set; } }
            }
            """,
            "Amazon.Runtime.EventStreams.IEventStreamEvent",
            [
                "new Amazon.BedrockRuntime.Model.ContentBlockDeltaEvent { Delta = new() { Text = \"hi\" } }",
                "new Amazon.BedrockRuntime.Model.ConverseStreamMetadataEvent { Usage = new() { InputTokens = 3, OutputTokens = 4 } }",
            ]);

        Assert.Equal(new TokenUsage(3, 4), calls["Whole"].Usage);
        Assert.Equal("\"hi\"", calls["Whole"].Completion!.ToString());
    }

    [Fact]
    public async Task Type_with_a_known_name_and_nothing_that_is_known_leaves_all_unknown()
    {
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            "namespace Google.GenAI.Types { public class GenerateContentResponse { public int Other { get; set; } } }",
            "Google.GenAI.Types.GenerateContentResponse", "new Google.GenAI.Types.GenerateContentResponse()");

        Assert.All(calls.Values, static llm => Assert.Equal((null, null, EventStatus.Ok), (llm.Usage, llm.Model, llm.Status)));
    }

    [Fact]
    public async Task Part_that_a_client_cannot_make_sense_of_takes_no_other_along()
    {
        // What is missing on the wire throws where it is read; servers that only resemble the provider's leave things out.
        IReadOnlyDictionary<string, LlmEvent> calls = await ModelCalls.OfValue(
            "", "Anthropic.Models.Messages.Message",
            "System.Text.Json.JsonSerializer.Deserialize<Anthropic.Models.Messages.Message>(\"\"\"{\"id\":\"msg_1\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"usage\":{\"input_tokens\":3}}\"\"\")!");

        Assert.All(calls.Values, static llm => Assert.Equal((EventStatus.Ok, "\"hi\""), (llm.Status, llm.Completion!.ToString())));
    }
}
