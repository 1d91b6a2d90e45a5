using AgentOps;

namespace Misuse.SetUp.Marked;

public static class Library
{
    [RecordTool] public static int Twice(int n) => 2 * n;
}
