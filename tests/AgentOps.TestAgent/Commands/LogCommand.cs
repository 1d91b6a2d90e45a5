using AgentOps.Recording;

namespace AgentOps.TestAgent.Commands;

/// <summary>Records a call in which the program's log is written to.</summary>
internal static class LogCommand
{
    public static void Run(string[] arguments)
    {
        using Session session = Session.Start(new() { Name = "logged" });
        Work(3);
        session.End(EndState.Success);
    }

    [RecordTool("work")]
    private static void Work(int order)
    {
        Write(2, "Working on order 3", null);
        Write(4, "Order 3 failed\u001b[31m", new InvalidOperationException("no stock"));
    }

    private static void Write(int severity, string message, Exception? exception)
    {
        var entry = new LogEntry { Category = "Shop.Orders", Severity = severity, EventId = 7, Message = message, Template = "Working on order {Order}", Exception = exception };
        if (!entry.TryBegin(out PayloadWriter payload))
            throw new InvalidOperationException("There is a session.");
        payload.BeginArray();
        payload.Write("request 12");
        payload.Close();
        LogEntry.BeginValues(payload);
        payload.Name("Order");
        payload.Write(3);
        LogEntry.End(payload, exception);
    }
}
