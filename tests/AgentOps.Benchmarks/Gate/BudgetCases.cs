using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What a budget adds to each call of its session.</summary>
internal sealed class BudgetCases(GateReport report)
{
    private static long s_sink;

    private readonly List<Session> _sessions = [];

    public void Measure()
    {
        ExecutionContext limited = ContextOf(new Budget { MaxCalls = long.MaxValue, MaxErrors = 1_000_000, MaxTokens = long.MaxValue, MaxCost = 1_000_000 });
        ExecutionContext watched = ContextOf(new Budget { MaxRepeats = int.MaxValue });
        ExecutionContext both = ContextOf(new Budget { MaxCalls = int.MaxValue, MaxRepeats = int.MaxValue });
        IReadOnlyDictionary<string, Measurement> m = new Slices(5_000, rounds: 301)
            .Add("recorded", static n => Add(n))
            .Add("with a budget", n => ExecutionContext.Run(limited, static n => Add((int)n!), n))
            .Add("with a watch on repeats", n => ExecutionContext.Run(watched, static n => Add((int)n!), n))
            .Add("with both", n => ExecutionContext.Run(both, static n => Add((int)n!), n))
            .Measure();
        double plain = m["recorded"].Nanoseconds;
        report.AtMost("budget, over the same call without", m["with a budget"].Nanoseconds - plain, 20, "ns");
        report.BytesAtMost("call with a budget", m["with a budget"].Bytes, 0);
        report.AtMost("budget that watches for repeats", m["with a watch on repeats"].Nanoseconds - plain, 20, "ns");
        GateReport.Note($"budget with limits of calls and of repeats: {m["with both"].Nanoseconds - plain:0.0} ns");
        foreach (Session session in _sessions)
            session.Dispose();
    }

    /// <summary>The flow of a session with a budget, and nothing else of it.</summary>
    private ExecutionContext ContextOf(Budget budget)
    {
        ExecutionContext before = ExecutionContext.Capture()!;
        _sessions.Add(Session.Start(new SessionOptions { Budget = budget }));
        ExecutionContext inside = ExecutionContext.Capture()!;
        ExecutionContext.Restore(before);
        return inside;
    }

    private static void Add(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
            sum += Calls.Add(i & 1023, 1);
        s_sink += sum;
    }
}
