namespace AgentOps.Tool;

/// <summary>What the tool's exit codes mean; <c>docs/tool.md</c> tells them to users.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The command did its work and found trouble.</summary>
    public const int Trouble = 1;

    /// <summary>The command line asks for something that there is not.</summary>
    public const int BadUsage = 2;

    /// <summary>Logs cannot be read, or the output cannot be written.</summary>
    public const int CannotRead = 3;

    /// <summary>Ended by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
