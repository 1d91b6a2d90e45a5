using System.Runtime.CompilerServices;
using AgentOps.Extensions.AI.Tools;
using Microsoft.Extensions.AI;

namespace AgentOps;

/// <summary>Puts recorders around the functions among tools.</summary>
public static class AIToolRecordingExtensions
{
    /// <summary>
    /// Wraps the functions among tools, see <see cref="AIFunctionRecordingExtensions.Recorded(AIFunction, string, int)"/>; other tools stay as
    /// they are.
    /// </summary>
    /// <param name="tools">The tools.</param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <returns>A new list of as many tools in the same order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tools"/> is <see langword="null"/>.</exception>
    public static IList<AITool> Recorded(this IEnumerable<AITool> tools, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return [.. tools.Select(tool => tool is AIFunction function ? RecordedFunction.Wrap(function, file, line) : tool)];
    }
}
