namespace AgentOps.Tests.Support;

/// <summary>
/// How much the tests that gain by repetition do: enough for every build, or, with <c>AGENTOPS_LONG_TESTS=1</c>, what the
/// promises of the event log are measured by.
/// </summary>
internal static class LongTests
{
    public static bool Enabled { get; } = Environment.GetEnvironmentVariable("AGENTOPS_LONG_TESTS") == "1";

    public static int Times(int usual, int whenLong) => Enabled ? whenLong : usual;
}
