using AgentOps.Extensions.AI.Tools;
using AgentOps.Recording;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>
/// Writes messages: the role and the text, where text is all there is, else parts by the names that OpenTelemetry's GenAI
/// conventions have for them.
/// </summary>
internal sealed class MessageEncoder(ToolSecrets secrets)
{
    /// <summary>Which function was called, by the calls' ids: results do not say it.</summary>
    private readonly Dictionary<string, string> _called = new(StringComparer.Ordinal);

    public void Write(PayloadWriter writer, IEnumerable<ChatMessage> messages)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        ConversationWindow window = ConversationWindow.Of(all, writer.Room);
        writer.BeginArray();
        for (int i = 0; i < all.Count && writer.HasRoom; i++)
        {
            if (i == window.Head && window.Tail > window.Head)
            {
                writer.WriteOmitted(window.Tail - window.Head);
                for (; i < window.Tail; i++)
                    Remember(all[i]);
            }
            if (all[i] is { } message)
                Write(writer, message);
            else
                writer.WriteNull();
        }
        writer.Close();
    }

    /// <summary>Takes up the calls of a message that is not written, for results of theirs that are.</summary>
    private void Remember(ChatMessage? message)
    {
        foreach (FunctionCallContent call in message?.Contents.OfType<FunctionCallContent>() ?? [])
            Remember(call);
    }

    private void Remember(FunctionCallContent call)
    {
        if (call.CallId is { } id)
            _called[id] = call.Name;
    }

    private void Write(PayloadWriter writer, ChatMessage message)
    {
        writer.BeginObject();
        writer.Name("role");
        writer.Write(message.Role.Value);
        if (message.AuthorName is { } author)
        {
            writer.Name("name");
            writer.Write(author);
        }
        IList<AIContent> contents = message.Contents;
        if (contents.All(static content => content is TextContent or UsageContent))
        {
            writer.Name("content");
            writer.Write(message.Text);
        }
        else
        {
            writer.Name("parts");
            WriteParts(writer, contents);
        }
        writer.Close();
    }

    private void WriteParts(PayloadWriter writer, IEnumerable<AIContent> contents)
    {
        writer.BeginArray();
        foreach (AIContent content in contents)
        {
            if (!writer.HasRoom)
                break;
            if (content is null)
                writer.WriteNull();
            else if (content is not UsageContent)
                WritePart(writer, content);
        }
        writer.Close();
    }

    private void WritePart(PayloadWriter writer, AIContent content)
    {
        writer.BeginObject();
        writer.Name("type");
        switch (content)
        {
            case TextContent text:
                writer.Write("text");
                Write(writer, "content", text.Text);
                break;
            case TextReasoningContent reasoning:
                writer.Write("reasoning");
                Write(writer, "content", reasoning.Text);
                break;
            case FunctionCallContent call:
                writer.Write("tool_call");
                WriteCall(writer, call);
                break;
            case FunctionResultContent result:
                writer.Write("tool_call_response");
                WriteResult(writer, result);
                break;
            case UriContent uri:
                writer.Write("uri");
                Write(writer, "mime_type", uri.MediaType);
                Write(writer, "uri", uri.Uri.OriginalString);
                break;
            case DataContent data:
                writer.Write("blob");
                Write(writer, "mime_type", data.MediaType);
                writer.Name("bytes");
                writer.Write((long)data.Data.Length);
                break;
            case ErrorContent error:
                writer.Write("error");
                Write(writer, "code", error.ErrorCode);
                Write(writer, "content", error.Message);
                break;
            default:
                writer.Write(content.GetType().Name);
                break;
        }
        writer.Close();
    }

    private void WriteCall(PayloadWriter writer, FunctionCallContent call)
    {
        Remember(call);
        Write(writer, "id", call.CallId);
        Write(writer, "name", call.Name);
        if (call.Arguments is not { } arguments)
            return;
        writer.Name("arguments");
        writer.BeginObject();
        foreach ((string name, object? value) in arguments)
        {
            if (!writer.HasRoom)
                break;
            if (secrets.Covers(call.Name, name))
            {
                writer.Name(name);
                writer.WriteRedacted();
            }
            else if (!writer.NameSecret(name, ToolArguments.IsText(value)))
            {
                writer.WriteUnknown(value);
            }
        }
        writer.Close();
    }

    private void WriteResult(PayloadWriter writer, FunctionResultContent result)
    {
        Write(writer, "id", result.CallId);
        if (result.Exception is { } failure)
            Write(writer, "error", failure.GetType().FullName);
        writer.Name("response");
        if (result.CallId is { } id && _called.TryGetValue(id, out string? function) && secrets.CoversResult(function))
            writer.WriteRedacted();
        else
            ToolResults.Write(writer, result.Result);
    }

    private static void Write(PayloadWriter writer, string name, string? text)
    {
        if (text is null)
            return;
        writer.Name(name);
        writer.Write(text);
    }
}
