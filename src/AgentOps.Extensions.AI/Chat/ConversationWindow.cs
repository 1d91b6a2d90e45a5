using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>
/// Which messages of a conversation that is longer than an event may be are written: the system's at its beginning, and as many of the last
/// as there is room for. The last are what the answer is an answer to, and all before them stand in the requests before this one.
/// </summary>
/// <param name="Head">How many of the first.</param>
/// <param name="Tail">The first of the last.</param>
internal readonly record struct ConversationWindow(int Head, int Tail)
{
    /// <summary>What names, roles and ids take, at most by far.</summary>
    private const int AroundContent = 256;

    /// <summary>The most bytes that a UTF-16 code unit takes in UTF-8.</summary>
    private const int MostBytes = 3;

    public static ConversationWindow Of(IReadOnlyList<ChatMessage> messages, int room)
    {
        long most = 0;
        for (int i = 0; i < messages.Count; i++)
            most += SizeOf(messages[i], static text => (long)text.Length * MostBytes);
        if (most <= room)
            return new ConversationWindow(0, 0);
        long left = room - AroundContent;
        int head = 0;
        for (; head < messages.Count && messages[head]?.Role == ChatRole.System; head++)
            left -= ExactSizeOf(messages[head]);
        int tail = messages.Count;
        while (tail > head && (left -= ExactSizeOf(messages[tail - 1])) >= 0)
            tail--;
        // The last one is written whatever its length, and cut where it must be.
        return new ConversationWindow(head, Math.Min(tail, Math.Max(head, messages.Count - 1)));
    }

    private static long ExactSizeOf(ChatMessage message) => SizeOf(message, static text => Encoding.UTF8.GetByteCount(text));

    private static long SizeOf(ChatMessage? message, Func<string, long> bytesOf)
    {
        long size = AroundContent;
        foreach (AIContent content in message?.Contents ?? [])
            size += AroundContent + SizeOf(content, bytesOf);
        return size;
    }

    private static long SizeOf(AIContent content, Func<string, long> bytesOf) => content switch
    {
        TextContent text => bytesOf(text.Text),
        TextReasoningContent reasoning => bytesOf(reasoning.Text),
        FunctionCallContent { Arguments: { } arguments } => arguments.Sum(argument => AroundContent + SizeOf(argument.Value, bytesOf)),
        FunctionResultContent result => SizeOf(result.Result, bytesOf),
        ErrorContent error => bytesOf(error.Message),
        _ => 0,
    };

    private static long SizeOf(object? value, Func<string, long> bytesOf) => value switch
    {
        string text => bytesOf(text),
        // Each value of JSON takes a word of its own beside its text.
        JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String } json => 2 * bytesOf(json.GetRawText()),
        TextContent text => bytesOf(text.Text),
        _ => 0,
    };
}
