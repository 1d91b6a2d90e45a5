using AgentOps;

namespace Misuse;

/// <summary>Family 05: sessions that are missing, dropped, or used when they are over.</summary>
public static class Sessions
{
    private static Session? s_kept;

    public static async Task Main()
    {
        Tools.Twice(1); // AOPS0502
        Plan(); // AOPS0501
        Forget();
        NotEnded(isEmpty: true);
        EndedTwice();
        UsedAfterEnd();
        await Outlived();
        Loop(["a", "b"]);
        Keep();
    }

    private static void Plan() => Look();

    private static void Look() => Tools.Twice(2);

    private static void Forget()
    {
        Session.Start(); // AOPS0503
    }

    private static void NotEnded(bool isEmpty)
    {
        var session = Session.Start(); // AOPS0504
        if (isEmpty)
            return;
        session.End(EndState.Success);
    }

    private static void EndedTwice()
    {
        using var session = Session.Start();
        session.End(EndState.Success);
        session.End(EndState.Fail, "too late"); // AOPS0505
    }

    private static void UsedAfterEnd()
    {
        using var session = Session.Start();
        session.End(EndState.Success);
        session.AddTags("late"); // AOPS0506
    }

    private static Task<int> Outlived()
    {
        using var session = Session.Start();
        return Tools.SearchAsync("umbrella"); // AOPS0507
    }

    private static void Loop(string[] names)
    {
        foreach (string name in names)
        {
            var session = Session.Start(); // AOPS0508
            session.AddTags(name);
        }
    }

    private static void Keep() => s_kept = Session.Start(); // AOPS0508
}
