using System.Runtime.CompilerServices;
using AgentOps.Extensions.AI.Tools;
using Microsoft.Extensions.AI;

namespace AgentOps;

/// <summary>Puts recorders around functions.</summary>
public static class AIFunctionRecordingExtensions
{
    /// <summary>Wraps a function so that every call of it is recorded as a tool's, whoever makes it.</summary>
    /// <param name="function">
    /// What does the work. One whose calls are recorded already is returned as it is, and so is one whose method is marked with
    /// <see cref="DoNotRecordAttribute"/>.
    /// </param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is <see langword="null"/>.</exception>
    public static AIFunction Recorded(this AIFunction function, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RecordedFunction.Wrap(function, file, line);
    }
}
