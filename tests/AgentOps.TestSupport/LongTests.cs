namespace AgentOps.TestSupport;

/// <summary>
/// How much the tests that gain by repetition do: enough for every build, or, with <c>AGENTOPS_LONG_TESTS=1</c>, as much as finds
/// what is rare.
/// </summary>
public static class LongTests
{
    /// <summary>Whether the long runs were asked for.</summary>
    public static bool Enabled { get; } = Environment.GetEnvironmentVariable("AGENTOPS_LONG_TESTS") == "1";

    /// <summary>How often to repeat.</summary>
    public static int Times(int usual, int whenLong) => Enabled ? whenLong : usual;
}
