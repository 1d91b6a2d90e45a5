using System.Runtime.CompilerServices;
using AgentOps.Extensions.AI.Calls;
using AgentOps.Extensions.AI.Chat;
using Microsoft.Extensions.AI;

namespace AgentOps;

/// <summary>Puts recorders around chat clients.</summary>
public static class ChatClientRecordingExtensions
{
    /// <summary>Wraps a chat client so that every request to it is recorded, whoever makes it.</summary>
    /// <param name="client">What does the work. Disposing the wrapper disposes it. One that is wrapped already is returned as it is.</param>
    /// <param name="options">How to record.</param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    public static IChatClient Recorded(
        this IChatClient client, ModelRecordingOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client is RecordedChatClient ? client : new RecordedChatClient(client, options ?? new(), new Place(file, line));
    }
}
