using AgentOps;

namespace Misuse.Opening;

public static class Opening
{
    [OpensSession]
    public static async Task<Session> OpenAsync() // AOPS0509
    {
        await Task.Yield();
        return Session.Start();
    }
}
