using System.Runtime.CompilerServices;
using AgentOps.Extensions.Mcp;
using ModelContextProtocol.Server;

namespace AgentOps;

/// <summary>Puts recorders around the tools of a Model Context Protocol server.</summary>
public static class McpServerToolsRecordingExtensions
{
    /// <summary>Wraps tools, see <see cref="McpServerToolRecordingExtensions.Recorded(McpServerTool, string, int)"/>.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <returns>A new list of as many tools in the same order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tools"/> is <see langword="null"/>.</exception>
    public static IList<McpServerTool> Recorded(this IEnumerable<McpServerTool> tools, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. tools.Select(tool => RecordedServerTool.Wrap(tool, file, line))];
    }
}
