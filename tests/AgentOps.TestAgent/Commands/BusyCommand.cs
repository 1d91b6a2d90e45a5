using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>busy &lt;threads&gt; &lt;rounds&gt;</c>: each thread records rounds of nested, failing and hand-made events to a session of its
/// own, then all stay inside a call until the process is killed. Prints <c>holding</c> when they do.
/// </summary>
internal static class BusyCommand
{
    public static void Run(string[] arguments)
    {
        int threads = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        int rounds = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        using var holding = new CountdownEvent(threads);
        for (int i = 0; i < threads; i++)
        {
            int number = i;
            new Thread(() => Work(number, rounds, holding)).Start();
        }
        holding.Wait();
        Console.WriteLine("holding");
        Thread.Sleep(Timeout.Infinite);
    }

    [RecordAction("round")]
    internal static int Round(int number)
    {
        int sum = Add(number, 1);
        try
        {
            Check(number);
        }
        catch (InvalidOperationException)
        {
            sum++;
        }
        return sum;
    }

    [RecordTool("add")]
    internal static int Add(int a, int b) => a + b;

    [RecordTool("check")]
    internal static void Check(int number)
    {
        if (number % 7 == 0)
            throw new InvalidOperationException($"{number} is a multiple of seven.");
    }

    [RecordAction("hold")]
    internal static void Hold(CountdownEvent holding)
    {
        holding.Signal();
        Thread.Sleep(Timeout.Infinite);
    }

    private static void Work(int number, int rounds, CountdownEvent holding)
    {
        // The process is killed while it holds, and its sessions are found open.
#pragma warning disable AOPS0504
        Session session = Session.Start(new SessionOptions { Name = $"worker {number}" });
#pragma warning restore AOPS0504
        for (int round = 0; round < rounds; round++)
        {
            Round(round);
            if (round % 10 == 0)
                session.RecordTool(new ToolRecord("by hand"));
            if (round % 50 == 0)
                session.SetMetric("round", round);
        }
        Hold(holding);
    }
}
