namespace AgentOps.CodeFixes.Sessions;

/// <summary>The ids of the rules on sessions that have a mend.</summary>
internal static class SessionRuleIds
{
    public const string Missing = "AOPS0501";
    public const string MissingHere = "AOPS0502";
    public const string Ignored = "AOPS0503";
    public const string NotEnded = "AOPS0504";
}
