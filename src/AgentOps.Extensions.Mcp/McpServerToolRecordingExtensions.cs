using System.Runtime.CompilerServices;
using AgentOps.Extensions.Mcp;
using ModelContextProtocol.Server;

namespace AgentOps;

/// <summary>Puts recorders around tools of a Model Context Protocol server.</summary>
public static class McpServerToolRecordingExtensions
{
    /// <summary>Wraps a tool so that every call of it is recorded, whoever makes it.</summary>
    /// <param name="tool">
    /// What does the work. One whose calls are recorded already is returned as it is, and so is one whose method is marked with
    /// <see cref="DoNotRecordAttribute"/>.
    /// </param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <exception cref="ArgumentNullException"><paramref name="tool"/> is <see langword="null"/>.</exception>
    public static McpServerTool Recorded(this McpServerTool tool, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return RecordedServerTool.Wrap(tool, file, line);
    }
}
