namespace ResearchAgent;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The research failed; the session ended as <c>Fail</c>.</summary>
    public const int Failure = 1;

    /// <summary>The command line or the environment is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>As a shell reports a program that Ctrl+C ended.</summary>
    public const int Cancelled = 130;
}
