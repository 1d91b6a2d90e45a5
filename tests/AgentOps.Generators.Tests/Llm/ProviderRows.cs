namespace AgentOps.Generators.Tests;

/// <summary>The types of all packages whose results are read, each with a value or stream that has all that its type can say.</summary>
internal static class ProviderRows
{
    private const string Json =
        """
        public static class From
        {
            public static T Client<T>(string json) where T : System.ClientModel.Primitives.IPersistableModel<T> => System.ClientModel.Primitives.ModelReaderWriter.Read<T>(BinaryData.FromString(json))!;
            public static T Plain<T>(string json) => System.Text.Json.JsonSerializer.Deserialize<T>(json)!;
        }
        """;

    private const string Weather = """call_1 weather({"city":"Lisbon"})""";

    private const string Response =
        """{"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"gpt-5-2026","service_tier":"flex","conversation":{"id":"conv_1"},"output":[{"type":"message","id":"m","role":"assistant","status":"completed","content":[{"type":"output_text","text":"forty-two","annotations":[]}]},{"type":"function_call","id":"f","call_id":"call_1","name":"weather","arguments":"{\"city\":\"Lisbon\"}","status":"completed"}],"usage":{"input_tokens":100,"output_tokens":20,"total_tokens":120,"input_tokens_details":{"cached_tokens":64},"output_tokens_details":{"reasoning_tokens":8}}}""";

    public static readonly ProviderRow[] Values =
    [
        new("OpenAI chat")
        {
            Declarations = Json, Type = "OpenAI.Chat.ChatCompletion", Provider = "openai", Model = "gpt-5-2026", Finish = "tool_calls", ResponseId = "chatcmpl_1", ServiceTier = "flex",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20, 64, 8) { AudioInputTokens = 0, AudioOutputTokens = 0 }, Raw = { ["accepted_prediction_tokens"] = 3 },
            Values = [Client("OpenAI.Chat.ChatCompletion",
                """{"id":"chatcmpl_1","object":"chat.completion","created":1,"model":"gpt-5-2026","service_tier":"flex","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":"forty-two","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Lisbon\"}"}}]}}],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8,"accepted_prediction_tokens":3}}}""")],
        },
        new("OpenAI responses")
        {
            Declarations = Json, Type = "OpenAI.Responses.ResponseResult", Provider = "openai", Model = "gpt-5-2026", Finish = "completed", ResponseId = "resp_1", ServiceTier = "flex", Conversation = "conv_1",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20, 64, 8) { CacheWriteTokens = 0 }, Values = [Client("OpenAI.Responses.ResponseResult", Response)],
        },
        new("OpenAI embeddings")
        {
            Declarations = Json, Type = "OpenAI.Embeddings.OpenAIEmbeddingCollection", Provider = "openai", Model = "text-embedding-3", Usage = new(7, null),
            Values = [Client("OpenAI.Embeddings.OpenAIEmbeddingCollection",
                """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"model":"text-embedding-3","usage":{"prompt_tokens":7,"total_tokens":7}}""")],
        },
        new("Microsoft.Extensions.AI")
        {
            Type = "Microsoft.Extensions.AI.ChatResponse", Model = "gpt-5-2026", Finish = "tool_calls", ResponseId = "r1", Conversation = "c1", Text = "forty-two", Tools = Weather,
            Usage = new(100, 20, 64, 8) { CacheWriteTokens = 5 }, Raw = { ["CacheCreationInputTokens"] = 5, ["other"] = 6 }, Values = [ChatResponse("ChatResponse")],
        },
        new("Microsoft.Extensions.AI, typed")
        {
            Declarations = "namespace Microsoft.Extensions.AI { public class ChatResponse<T>(IList<ChatMessage> messages) : ChatResponse(messages) { public T? Result => default; } }", Type = "Microsoft.Extensions.AI.ChatResponse<int>", Model = "gpt-5-2026", Finish = "tool_calls", ResponseId = "r1", Conversation = "c1",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20, 64, 8) { CacheWriteTokens = 5 }, Raw = { ["CacheCreationInputTokens"] = 5, ["other"] = 6 }, Values = [ChatResponse("ChatResponse").Replace("AI.ChatResponse ", "AI.ChatResponse<int>([]) ", StringComparison.Ordinal)],
        },
        new("Microsoft.Extensions.AI embeddings")
        {
            Type = "Microsoft.Extensions.AI.GeneratedEmbeddings<Microsoft.Extensions.AI.Embedding<float>>", Model = "text-embedding-3", Usage = new(7, null),
            Values = ["new Microsoft.Extensions.AI.GeneratedEmbeddings<Microsoft.Extensions.AI.Embedding<float>>([new(new float[] { 1 }) { ModelId = \"text-embedding-3\" }]) { Usage = new() { InputTokenCount = 7 } }"],
        },
        new("Anthropic")
        {
            Declarations = Json, Type = "Anthropic.Models.Messages.Message", Provider = "anthropic", Model = "claude-sonnet-4-5", Finish = "tool_use", ResponseId = "msg_1", ServiceTier = "standard",
            Text = "forty-two", Tools = Weather, Usage = new(100 + 64 + 30 + 10, 20, 64, null) { CacheWriteTokens = 30, CacheWrite1HourTokens = 10 },
            Raw = { ["web_search_requests"] = 2, ["input_without_cache"] = 100 },
            Values = [Plain("Anthropic.Models.Messages.Message",
                """{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","stop_reason":"tool_use","stop_sequence":null,"content":[{"type":"text","text":"forty-two","citations":null},{"type":"tool_use","id":"call_1","name":"weather","input":{"city":"Lisbon"}}],"usage":{"input_tokens":100,"output_tokens":20,"cache_read_input_tokens":64,"cache_creation_input_tokens":40,"cache_creation":{"ephemeral_5m_input_tokens":30,"ephemeral_1h_input_tokens":10},"server_tool_use":{"web_search_requests":2,"web_fetch_requests":0},"service_tier":"standard"}}""")],
        },
        new("Anthropic beta")
        {
            Declarations = Json, Type = "Anthropic.Models.Beta.Messages.BetaMessage", Provider = "anthropic", Model = "claude-sonnet-4-5", Finish = "end_turn", ResponseId = "msg_1",
            Text = "forty-two", Usage = new(100 + 64, 20, 64, null), Raw = { ["input_without_cache"] = 100 },
            Values = [Plain("Anthropic.Models.Beta.Messages.BetaMessage",
                """{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","stop_reason":"end_turn","content":[{"type":"text","text":"forty-two"}],"usage":{"input_tokens":100,"output_tokens":20,"cache_read_input_tokens":64}}""")],
        },
        new("Anthropic.SDK")
        {
            Declarations = ProviderStubs.AnthropicSdk, Type = "Anthropic.SDK.Messaging.MessageResponse", Provider = "anthropic", Model = "claude-sonnet-4-5", Finish = "tool_use", ResponseId = "msg_1",
            Text = "forty-two", Tools = Weather, Usage = new(100 + 64 + 5, 20, 64, null) { CacheWriteTokens = 5 }, Raw = { ["input_without_cache"] = 100 },
            Values = ["""new Anthropic.SDK.Messaging.MessageResponse { Id = "msg_1", Model = "claude-sonnet-4-5", StopReason = "tool_use", Content = [new Anthropic.SDK.Messaging.TextContent { Text = "forty-two" }, new Anthropic.SDK.Messaging.ToolUseContent { Id = "call_1", Name = "weather", Input = System.Text.Json.Nodes.JsonNode.Parse("{ \"city\": \"Lisbon\" }") }], Usage = new() { InputTokens = 100, OutputTokens = 20, CacheReadInputTokens = 64, CacheCreationInputTokens = 5 } }"""],
        },
        new("Agent Framework")
        {
            Declarations = ProviderStubs.AgentFramework, Type = "Microsoft.Agents.AI.AgentResponse<int>", ResponseId = "r1", Finish = "tool_calls", Text = "forty-two", Tools = Weather, IsAggregate = true,
            Usage = new(100, 20, 64, 8) { CacheWriteTokens = 5 }, Raw = { ["CacheCreationInputTokens"] = 5, ["other"] = 6 }, Values = [ChatResponse("Microsoft.Agents.AI.AgentResponse<int>", isAgent: true)],
        },
        new("Google.GenAI")
        {
            Declarations = ProviderStubs.Google, Type = "Google.GenAI.Types.GenerateContentResponse", Provider = "gcp.gemini", Model = "gemini-2.5-pro", Finish = "STOP", ResponseId = "g1",
            Text = "forty-two", Tools = """ weather({"city":"Lisbon"})""", Usage = new(100 + 7, 20 + 8, 64, 8), Raw = { ["output_without_reasoning"] = 20, ["tool_use_prompt_token_count"] = 7 },
            Values = ["""new Google.GenAI.Types.GenerateContentResponse { ModelVersion = "gemini-2.5-pro", ResponseId = "g1", Candidates = [new() { FinishReason = Google.GenAI.Types.FinishReason.STOP, Content = new() { Parts = [new() { Text = "hm", Thought = true }, new() { Text = "forty-two" }, new() { FunctionCall = new() { Name = "weather", Args = new() { ["city"] = "Lisbon" } } }] } }], UsageMetadata = new() { PromptTokenCount = 100, CandidatesTokenCount = 20, ThoughtsTokenCount = 8, CachedContentTokenCount = 64, ToolUsePromptTokenCount = 7 } }"""],
        },
        new("Azure.AI.Inference")
        {
            Declarations = ProviderStubs.Azure, Type = "Azure.Response<Azure.AI.Inference.ChatCompletions>", Provider = "azure.ai.inference", Model = "phi-4", Finish = "stop", ResponseId = "a1",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20),
            Values = ["""new Azure.Response<Azure.AI.Inference.ChatCompletions>(new() { Id = "a1", Model = "phi-4", Content = "forty-two", FinishReason = "stop", ToolCalls = [new() { Id = "call_1", Function = new() { Name = "weather", Arguments = "{\"city\":\"Lisbon\"}" } }], Usage = new() { PromptTokens = 100, CompletionTokens = 20 } })"""],
        },
        new("Azure.AI.Inference embeddings")
        {
            Declarations = ProviderStubs.Azure, Type = "Azure.AI.Inference.EmbeddingsResult", Provider = "azure.ai.inference", Model = "embed", ResponseId = "a1", Usage = new(7, null),
            Values = ["""new Azure.AI.Inference.EmbeddingsResult { Id = "a1", Model = "embed", Usage = new() { PromptTokens = 7 } }"""],
        },
        new("OllamaSharp")
        {
            Declarations = ProviderStubs.Ollama, Type = "OllamaSharp.Models.Chat.ChatDoneResponseStream", Provider = "ollama", Model = "qwen3", Finish = "stop", Text = "forty-two", Tools = Weather, Usage = new(100, 20),
            Values = ["""new OllamaSharp.Models.Chat.ChatDoneResponseStream { Model = "qwen3", PromptEvalCount = 100, EvalCount = 20, DoneReason = "stop", Message = new() { Content = "forty-two", ToolCalls = [new() { Id = "call_1", Function = new() { Name = "weather", Arguments = new Dictionary<string, object?> { ["city"] = "Lisbon" } } }] } }"""],
        },
        new("OllamaSharp embeddings")
        {
            Declarations = ProviderStubs.Ollama, Type = "OllamaSharp.Models.EmbedResponse", Provider = "ollama", Usage = new(7, null), Values = ["new OllamaSharp.Models.EmbedResponse { PromptEvalCount = 7 }"],
        },
        new("Bedrock")
        {
            Declarations = ProviderStubs.Bedrock, Type = "Amazon.BedrockRuntime.Model.ConverseResponse", Provider = "aws.bedrock", Finish = "tool_use", ResponseId = "req1", Text = "forty-two", Tools = "call_1 weather()",
            Usage = new(100 + 64 + 5, 20, 64, null) { CacheWriteTokens = 5 }, Raw = { ["input_without_cache"] = 100 },
            Values = ["""new Amazon.BedrockRuntime.Model.ConverseResponse { StopReason = new("tool_use"), ResponseMetadata = new() { RequestId = "req1" }, Output = new() { Message = new() { Content = [new() { Text = "forty-two" }, new() { ToolUse = new() { Name = "weather", ToolUseId = "call_1" } }] } }, Usage = new() { InputTokens = 100, OutputTokens = 20, CacheReadInputTokens = 64, CacheWriteInputTokens = 5 } }"""],
        },
        new("Semantic Kernel function")
        {
            Declarations = ProviderStubs.SemanticKernel, Type = "Microsoft.SemanticKernel.FunctionResult", ResponseId = "s1", Finish = "stop", Usage = new(100, 20, 64, null),
            Values = ["""new Microsoft.SemanticKernel.FunctionResult { Metadata = new Dictionary<string, object?> { ["Id"] = "s1", ["FinishReason"] = "Stop", ["Usage"] = new Microsoft.Extensions.AI.UsageDetails { InputTokenCount = 100, OutputTokenCount = 20, CachedInputTokenCount = 64 } } }"""],
        },
        new("Semantic Kernel message")
        {
            Declarations = ProviderStubs.SemanticKernel, Type = "IReadOnlyList<Microsoft.SemanticKernel.ChatMessageContent>", Model = "gpt-5-2026", Text = "forty-two", Tools = Weather,
            Usage = new(100, 20, null, null),
            Values = ["""new List<Microsoft.SemanticKernel.ChatMessageContent> { new() { ModelId = "gpt-5-2026", Content = "forty-two", Items = [new Microsoft.SemanticKernel.FunctionCallContent { Id = "call_1", FunctionName = "weather", Arguments = new Dictionary<string, object?> { ["city"] = "Lisbon" } }], Metadata = new Dictionary<string, object?> { ["Usage"] = OpenAI.Chat.OpenAIChatModelFactory.ChatTokenUsage(inputTokenCount: 100, outputTokenCount: 20) } } }"""],
        },
    ];

    public static readonly ProviderRow[] Streams =
    [
        new("OpenAI chat")
        {
            Declarations = Json, Type = "OpenAI.Chat.StreamingChatCompletionUpdate", Provider = "openai", Model = "gpt-5-2026", Finish = "tool_calls", ResponseId = "chatcmpl_1", Text = "forty-two",
            Tools = Weather, Usage = new(100, 20, 64, 8) { AudioInputTokens = 0, AudioOutputTokens = 0 },
            Values =
            [
                Chunk("""{"role":"assistant","content":"forty"}"""),
                Chunk("""{"content":"-two"}"""),
                Chunk("""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"weather","arguments":""}}]}"""),
                Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
                Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Lisbon\"}"}}]}""", "\"tool_calls\""),
                Client("OpenAI.Chat.StreamingChatCompletionUpdate", """{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2026","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":64},"completion_tokens_details":{"reasoning_tokens":8}}}"""),
            ],
        },
        new("OpenAI responses")
        {
            Declarations = Json, Type = "OpenAI.Responses.StreamingResponseUpdate", Provider = "openai", Model = "gpt-5-2026", Finish = "completed", ResponseId = "resp_1", Conversation = "conv_1", ServiceTier = "flex",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20, 64, 8) { CacheWriteTokens = 0 },
            Values =
            [
                Update("""{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1,"status":"in_progress","model":"gpt-5-2026","conversation":{"id":"conv_1"},"output":[]}}"""),
                Update("""{"type":"response.output_text.delta","sequence_number":1,"item_id":"m","output_index":0,"content_index":0,"delta":"forty","logprobs":[]}"""),
                Update("""{"type":"response.output_text.delta","sequence_number":2,"item_id":"m","output_index":0,"content_index":0,"delta":"-two","logprobs":[]}"""),
                Update("""{"type":"response.output_item.added","sequence_number":3,"output_index":1,"item":{"type":"function_call","id":"f","call_id":"call_1","name":"weather","arguments":"","status":"in_progress"}}"""),
                Update("""{"type":"response.function_call_arguments.delta","sequence_number":4,"item_id":"f","output_index":1,"delta":"{\"city\":\"Lisbon\"}"}"""),
                Update($$"""{"type":"response.completed","sequence_number":5,"response":{{Response}}}"""),
            ],
        },
        new("Microsoft.Extensions.AI, of two messages")
        {
            Type = "Microsoft.Extensions.AI.ChatResponseUpdate", Model = "gpt-5-2026", Finish = "stop", ResponseId = "r1", Conversation = "c1", Text = "forty-two", Tools = Weather,
            Usage = new(100 + 150, 20 + 10, 64, null), PartialUsage = new(100, 20, 64, null),
            Values =
            [
                """new Microsoft.Extensions.AI.ChatResponseUpdate(Microsoft.Extensions.AI.ChatRole.Assistant, "forty") { ModelId = "gpt-5-2026", ResponseId = "r1", ConversationId = "c1" }""",
                """new Microsoft.Extensions.AI.ChatResponseUpdate(Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon" }), new Microsoft.Extensions.AI.UsageContent(new() { InputTokenCount = 100, OutputTokenCount = 20, CachedInputTokenCount = 64 })])""",
                """new Microsoft.Extensions.AI.ChatResponseUpdate(Microsoft.Extensions.AI.ChatRole.Assistant, "-two")""",
                """new Microsoft.Extensions.AI.ChatResponseUpdate(null, [new Microsoft.Extensions.AI.UsageContent(new() { InputTokenCount = 150, OutputTokenCount = 10 })]) { FinishReason = Microsoft.Extensions.AI.ChatFinishReason.Stop }""",
            ],
        },
        new("Anthropic")
        {
            Declarations = Json, Type = "Anthropic.Models.Messages.RawMessageStreamEvent", Provider = "anthropic", Model = "claude-sonnet-4-5", Finish = "tool_use", ResponseId = "msg_1",
            Text = "forty-two", Tools = Weather, Usage = new(100 + 64 + 35 + 10, 20, 64, null) { CacheWriteTokens = 35, CacheWrite1HourTokens = 10 },
            PartialUsage = new(100 + 64 + 30 + 10, null, 64, null) { CacheWriteTokens = 30, CacheWrite1HourTokens = 10 }, Raw = { ["input_without_cache"] = 100 },
            Values =
            [
                Event("""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":100,"output_tokens":1,"cache_read_input_tokens":64,"cache_creation_input_tokens":40,"cache_creation":{"ephemeral_5m_input_tokens":30,"ephemeral_1h_input_tokens":10}}}}"""),
                Event("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":null}}"""),
                Event("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"forty"}}"""),
                Event("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"-two"}}"""),
                Event("""{"type":"content_block_stop","index":0}"""),
                Event("""{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call_1","name":"weather","input":{}}}"""),
                Event("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}"""),
                Event("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\"Lisbon\"}"}}"""),
                Event("""{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":100,"output_tokens":20,"cache_read_input_tokens":64,"cache_creation_input_tokens":45}}"""),
            ],
        },
        new("Anthropic.SDK")
        {
            Declarations = ProviderStubs.AnthropicSdk, Type = "Anthropic.SDK.Messaging.MessageResponse", Provider = "anthropic", Model = "claude-sonnet-4-5", Finish = "tool_use", ResponseId = "msg_1",
            Text = "forty-two", Tools = Weather, Usage = new(100 + 64, 20, 64, null) { CacheWriteTokens = 0 }, PartialUsage = new(100 + 64, null, 64, null) { CacheWriteTokens = 0 }, Raw = { ["input_without_cache"] = 100 },
            Values =
            [
                """new Anthropic.SDK.Messaging.MessageResponse { StreamStartMessage = new() { Id = "msg_1", Model = "claude-sonnet-4-5", Usage = new() { InputTokens = 100, OutputTokens = 1, CacheReadInputTokens = 64 } } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { Delta = new() { Text = "forty" } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { Delta = new() { Text = "-two" } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { ContentBlock = new() { Type = "tool_use", Id = "call_1", Name = "weather" } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { Delta = new() { PartialJson = "{\"city\":" } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { Delta = new() { PartialJson = "\"Lisbon\"}" } }""",
                """new Anthropic.SDK.Messaging.MessageResponse { Delta = new() { StopReason = "tool_use" }, Usage = new() { OutputTokens = 20 } }""",
            ],
        },
        new("Agent Framework")
        {
            Declarations = ProviderStubs.AgentFramework, Type = "Microsoft.Agents.AI.AgentResponseUpdate", ResponseId = "r1", Finish = "stop", Text = "forty-two", IsAggregate = true, Usage = new(100, 20),
            Values =
            [
                """new Microsoft.Agents.AI.AgentResponseUpdate { ResponseId = "r1", Contents = [new Microsoft.Extensions.AI.TextContent("forty-two")] }""",
                """new Microsoft.Agents.AI.AgentResponseUpdate { FinishReason = Microsoft.Extensions.AI.ChatFinishReason.Stop, Contents = [new Microsoft.Extensions.AI.UsageContent(new() { InputTokenCount = 100, OutputTokenCount = 20 })] }""",
            ],
        },
        new("Google.GenAI")
        {
            Declarations = ProviderStubs.Google, Type = "Google.GenAI.Types.GenerateContentResponse", Provider = "gcp.gemini", Model = "gemini-2.5-pro", Finish = "STOP", Text = "forty-two",
            Usage = new(100, 20 + 8, null, 8), PartialUsage = new(100, 12, null, 8), Raw = { ["output_without_reasoning"] = 20 },
            Values =
            [
                """new Google.GenAI.Types.GenerateContentResponse { ModelVersion = "gemini-2.5-pro", Candidates = [new() { Content = new() { Parts = [new() { Text = "forty" }] } }], UsageMetadata = new() { PromptTokenCount = 100, CandidatesTokenCount = 4, ThoughtsTokenCount = 8 } }""",
                """new Google.GenAI.Types.GenerateContentResponse { Candidates = [new() { Content = new() { Parts = [new() { Text = "-two" }] }, FinishReason = Google.GenAI.Types.FinishReason.STOP }], UsageMetadata = new() { PromptTokenCount = 100, CandidatesTokenCount = 20, ThoughtsTokenCount = 8 } }""",
            ],
        },
        new("Azure.AI.Inference")
        {
            Declarations = ProviderStubs.Azure, Type = "Azure.AI.Inference.StreamingChatCompletionsUpdate", Provider = "azure.ai.inference", Model = "phi-4", Finish = "tool_calls", ResponseId = "a1",
            Text = "forty-two", Tools = Weather, Usage = new(100, 20),
            Values =
            [
                """new Azure.AI.Inference.StreamingChatCompletionsUpdate { Id = "a1", Model = "phi-4", ContentUpdate = "forty-two" }""",
                """new Azure.AI.Inference.StreamingChatCompletionsUpdate { ToolCallUpdate = new() { Id = "call_1", Function = new() { Name = "weather", Arguments = "{\"city\":" } } }""",
                """new Azure.AI.Inference.StreamingChatCompletionsUpdate { ToolCallUpdate = new() { Function = new() { Arguments = "\"Lisbon\"}" } } }""",
                """new Azure.AI.Inference.StreamingChatCompletionsUpdate { FinishReason = "tool_calls", Usage = new() { PromptTokens = 100, CompletionTokens = 20 } }""",
            ],
        },
        new("OllamaSharp")
        {
            Declarations = ProviderStubs.Ollama, Type = "OllamaSharp.Models.Chat.ChatResponseStream?", Provider = "ollama", Model = "qwen3", Finish = "stop", Text = "forty-two", Usage = new(100, 20),
            Values =
            [
                """new OllamaSharp.Models.Chat.ChatResponseStream { Model = "qwen3", Message = new() { Content = "forty-two" } }""",
                "null",
                """new OllamaSharp.Models.Chat.ChatDoneResponseStream { Model = "qwen3", PromptEvalCount = 100, EvalCount = 20, DoneReason = "stop" }""",
            ],
        },
        new("OllamaSharp generate")
        {
            Declarations = ProviderStubs.Ollama, Type = "OllamaSharp.Models.GenerateResponseStream", Provider = "ollama", Model = "qwen3", Finish = "stop", Text = "forty-two", Usage = new(100, 20),
            Values =
            [
                """new OllamaSharp.Models.GenerateResponseStream { Model = "qwen3", Response = "forty-two" }""",
                """new OllamaSharp.Models.GenerateDoneResponseStream { Model = "qwen3", PromptEvalCount = 100, EvalCount = 20, DoneReason = "stop" }""",
            ],
        },
        new("Bedrock")
        {
            Declarations = ProviderStubs.Bedrock, Type = "Amazon.Runtime.EventStreams.IEventStreamEvent", Provider = "aws.bedrock", Finish = "tool_use", Text = "forty-two", Tools = Weather, Usage = new(100 + 64, 20, 64, null), Raw = { ["input_without_cache"] = 100 },
            Values =
            [
                """new Amazon.BedrockRuntime.Model.ContentBlockDeltaEvent { ContentBlockIndex = 0, Delta = new() { Text = "forty-two" } }""",
                """new Amazon.BedrockRuntime.Model.ContentBlockStartEvent { ContentBlockIndex = 1, Start = new() { ToolUse = new() { Name = "weather", ToolUseId = "call_1" } } }""",
                """new Amazon.BedrockRuntime.Model.ContentBlockDeltaEvent { ContentBlockIndex = 1, Delta = new() { ToolUse = new() { Input = "{\"city\":\"Lisbon\"}" } } }""",
                """new Amazon.BedrockRuntime.Model.MessageStopEvent { StopReason = new("tool_use") }""",
                """new Amazon.BedrockRuntime.Model.ConverseStreamMetadataEvent { Usage = new() { InputTokens = 100, OutputTokens = 20, CacheReadInputTokens = 64 } }""",
            ],
        },
        new("Semantic Kernel")
        {
            Declarations = ProviderStubs.SemanticKernel, Type = "Microsoft.SemanticKernel.StreamingChatMessageContent", Model = "gpt-5-2026", Text = "forty-two", Usage = new(100, 20),
            Values =
            [
                """new Microsoft.SemanticKernel.StreamingChatMessageContent { ModelId = "gpt-5-2026", Content = "forty-two" }""",
                """new Microsoft.SemanticKernel.StreamingChatMessageContent { Metadata = new Dictionary<string, object?> { ["Usage"] = new Microsoft.Extensions.AI.UsageDetails { InputTokenCount = 100, OutputTokenCount = 20 } } }""",
            ],
        },
    ];

    private static string ChatResponse(string type, bool isAgent = false) =>
        $$"""
        new {{(isAgent ? type : "Microsoft.Extensions.AI." + type)}} { {{(isAgent ? "" : "ModelId = \"gpt-5-2026\", ConversationId = \"c1\", ")}}ResponseId = "r1", FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ToolCalls, Messages = [new(Microsoft.Extensions.AI.ChatRole.Assistant, [new Microsoft.Extensions.AI.TextReasoningContent("hm"), new Microsoft.Extensions.AI.TextContent("forty-two"), new Microsoft.Extensions.AI.FunctionCallContent("call_1", "weather", new Dictionary<string, object?> { ["city"] = "Lisbon" })])], Usage = new() { InputTokenCount = 100, OutputTokenCount = 20, CachedInputTokenCount = 64, ReasoningTokenCount = 8, AdditionalCounts = new() { ["CacheCreationInputTokens"] = 5, ["other"] = 6 } } }
        """;

    private static string Chunk(string delta, string finish = "null") => Client(
        "OpenAI.Chat.StreamingChatCompletionUpdate",
        $$"""{"id":"chatcmpl_1","object":"chat.completion.chunk","created":1,"model":"gpt-5-2026","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}]}""");

    private static string Update(string json) => Client("OpenAI.Responses.StreamingResponseUpdate", json);

    private static string Event(string json) => Plain("Anthropic.Models.Messages.RawMessageStreamEvent", json);

    private static string Client(string type, string json) => $"From.Client<{type}>(\"\"\"{json}\"\"\")";

    private static string Plain(string type, string json) => $"From.Plain<{type}>(\"\"\"{json}\"\"\")";
}
