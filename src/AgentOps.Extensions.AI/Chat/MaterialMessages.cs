using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace AgentOps.Extensions.AI.Chat;

/// <summary>Messages that can be read once more than the client reads them, without running anybody's code twice.</summary>
internal static class MaterialMessages
{
    /// <summary>
    /// The messages themselves if they lie in memory, else what reading them once gave. What that threw is thrown again where the
    /// client comes to it.
    /// </summary>
    public static IEnumerable<ChatMessage> Of(IEnumerable<ChatMessage> messages)
    {
        // A query may be a list to look at, but not one that can be written to.
        if (messages is null or ChatMessage[] or ICollection<ChatMessage> { IsReadOnly: false })
            return messages!;
        var read = new List<ChatMessage>();
        try
        {
            read.AddRange(messages);
            return read;
        }
        catch (Exception e)
        {
            return Replay(read, ExceptionDispatchInfo.Capture(e));
        }
    }

    private static IEnumerable<ChatMessage> Replay(List<ChatMessage> read, ExceptionDispatchInfo failure)
    {
        foreach (ChatMessage message in read)
            yield return message;
        failure.Throw();
    }
}
