using AgentOps;

namespace Misuse.SetUp;

public static class Agent
{
    [RecordTool] private static int Twice(int n) => 2 * n;
    public static int Answer() => Twice(21);
}
