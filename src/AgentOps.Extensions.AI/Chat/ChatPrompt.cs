using AgentOps.Extensions.AI.Tools;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>Writes what a request asks: options that matter first, for it is the end of a long conversation that may be cut.</summary>
internal static class ChatPrompt
{
    public static void Write(PayloadWriter writer, IEnumerable<ChatMessage>? messages, ChatOptions? options, ToolSecrets secrets)
    {
        int mark = writer.Mark();
        try
        {
            writer.BeginObject();
            if (options is not null)
                Write(writer, options);
            writer.Name("messages");
            if (messages is null)
                writer.WriteNull();
            else
                new MessageEncoder(secrets).Write(writer, messages);
            writer.Close();
        }
        catch (Exception e)
        {
            // Collections of options and messages, and what messages hold, may be of the user's own classes.
            writer.ReplaceByFailure(mark, e);
        }
    }

    private static void Write(PayloadWriter writer, ChatOptions options)
    {
        if (options.ConversationId is { } conversation)
            Named(writer, "conversation_id").Write(conversation);
        if (options.Temperature is { } temperature)
            Named(writer, "temperature").Write(temperature);
        if (options.TopP is { } topP)
            Named(writer, "top_p").Write(topP);
        if (options.TopK is { } topK)
            Named(writer, "top_k").Write(topK);
        if (options.MaxOutputTokens is { } most)
            Named(writer, "max_output_tokens").Write(most);
        if (options.FrequencyPenalty is { } frequency)
            Named(writer, "frequency_penalty").Write(frequency);
        if (options.PresencePenalty is { } presence)
            Named(writer, "presence_penalty").Write(presence);
        if (options.Seed is { } seed)
            Named(writer, "seed").Write(seed);
        if (options.StopSequences is { Count: > 0 } stops)
            WriteAll(Named(writer, "stop_sequences"), stops);
        if (FormatOf(options.ResponseFormat) is { } format)
            Named(writer, "response_format").Write(format);
        if (ChoiceOf(options.ToolMode) is { } choice)
            Named(writer, "tool_choice").Write(choice);
        if (options.Tools is { Count: > 0 } tools)
            WriteAll(Named(writer, "tools"), tools.Select(static tool => tool?.Name));
        if (options.Instructions is { } instructions)
            Named(writer, "instructions").Write(instructions);
    }

    private static PayloadWriter Named(PayloadWriter writer, string name)
    {
        writer.Name(name);
        return writer;
    }

    private static void WriteAll(PayloadWriter writer, IEnumerable<string?> texts)
    {
        writer.BeginArray();
        foreach (string? text in texts)
        {
            if (!writer.HasRoom)
                break;
            writer.Write(text);
        }
        writer.Close();
    }

    private static string? FormatOf(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { SchemaName: { } schema } => schema,
        ChatResponseFormatJson => "json",
        ChatResponseFormatText => "text",
        _ => null,
    };

    private static string? ChoiceOf(ChatToolMode? mode) => mode switch
    {
        RequiredChatToolMode { RequiredFunctionName: { } function } => function,
        RequiredChatToolMode => "required",
        AutoChatToolMode => "auto",
        NoneChatToolMode => "none",
        _ => null,
    };
}
