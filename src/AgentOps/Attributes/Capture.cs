namespace AgentOps;

/// <summary>
/// What is captured of a call. An attribute wins over the MSBuild property <c>AgentOpsCapture</c>, and of what those leave
/// <see cref="RecorderOptions.Capture"/> may take away more.
/// </summary>
[Flags]
public enum Capture
{
    /// <summary>Only that the call was made: its name, place, times, outcome and error, and a model call's token counts.</summary>
    None = 0,

    /// <summary>Arguments.</summary>
    Arguments = 1,

    /// <summary>What is returned, and what <see langword="out"/> and <see langword="ref"/> parameters hold then.</summary>
    Result = 2,

    /// <summary>Both.</summary>
    All = Arguments | Result,
}
