namespace AgentOps.TestAgent.Commands;

/// <summary>Ends inside a recorded call, so that neither the call nor the session gets an end.</summary>
internal static class CallCommands
{
    /// <summary><c>hold-call</c>: prints the session's id from inside the call and stays there until the process is killed.</summary>
    public static void Hold(string[] arguments)
    {
        _ = arguments;
        Session session = Begin();
        Outer(session, static () => Console.In.ReadLine());
    }

    /// <summary><c>fail-fast</c>: the same, and the process ends itself without any clean-up.</summary>
    public static void FailFast(string[] arguments)
    {
        _ = arguments;
        Session session = Begin();
        Outer(session, static () => Environment.FailFast("as asked"));
    }

    private static Session Begin()
    {
        Session session = Session.Start(new SessionOptions { Name = "doomed" });
        Finished("first");
        return session;
    }

    [RecordTool("finished")]
    internal static string Finished(string input) => input;

    [RecordAction("outer")]
    internal static void Outer(Session session, Action end) => Inner(session, end);

    [RecordTool("inner")]
    internal static void Inner(Session session, Action end)
    {
        session.RecordAction(new ActionRecord("last words"));
        Console.WriteLine(session.Id);
        end();
    }
}
