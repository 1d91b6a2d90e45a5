namespace AgentOps.Benchmarks.Gate;

/// <summary>What marked methods cost when nothing is recorded.</summary>
internal sealed class IdleCases(GateReport report)
{
    private const int Calls = 40_000;

    private static long s_sink;

    public void Measure()
    {
        IReadOnlyDictionary<string, Measurement> none = Cases().Measure();
        report.AtMost("no session in the process, over the bare call", Over(none), 1.0, "ns");
        report.BytesAtMost("no session in the process", none["marked"].Bytes, 0);

        Session elsewhere = Task.Run(static () => Session.Start()).GetAwaiter().GetResult();
        IReadOnlyDictionary<string, Measurement> other = Cases().Measure();
        report.AtMost("sessions elsewhere, none in this flow, over the bare call", Over(other), 8.0, "ns");
        report.BytesAtMost("sessions elsewhere, none in this flow", other["marked"].Bytes, 0);
        elsewhere.End();
    }

    private static double Over(IReadOnlyDictionary<string, Measurement> measured) => measured["marked"].Nanoseconds - measured["bare"].Nanoseconds;

    private static Slices Cases() => new Slices(Calls, rounds: 201)
        .Add("bare", static n =>
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
                sum += Subjects.Calls.BareAdd(i, 1);
            s_sink += sum;
        })
        .Add("marked", static n =>
        {
            int sum = 0;
            for (int i = 0; i < n; i++)
                sum += Subjects.Calls.Add(i, 1);
            s_sink += sum;
        });
}
