namespace AgentOps.Tool;

/// <summary>Ends a command with one clear message that names the thing and the mend.</summary>
internal sealed class ToolException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static ToolException BadUsage(string message) => new(ExitCodes.BadUsage, message);

    public static ToolException CannotRead(string message) => new(ExitCodes.CannotRead, message);
}
