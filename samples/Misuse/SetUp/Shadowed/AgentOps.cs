using Misuse.SetUp.Marked;

public static class AgentOps // AOPS0406
{
    public static int Answer() => Library.Twice(21);
}
