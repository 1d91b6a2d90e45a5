using AgentOps.Benchmarks.Peers;
using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What others take for the same call. They record less of it, and keep it in memory.</summary>
internal sealed class PeerCases(GateReport report)
{
    private static long s_sink;

    public void Measure()
    {
        using var activity = new ActivityPeer();
        using var logging = new LoggingPeer();
        var proxy = new ProxyPeer();
        IReadOnlyDictionary<string, Measurement> m = new Slices(2_000, rounds: 101)
            .Add("recorded", static n => Repeat(n, static i => Calls.Add(i, 1)))
            .Add("OpenTelemetry activity, 3 tags, batch exporter", n => Repeat(n, i => activity.Add(i, 1)))
            .Add("Castle DynamicProxy", n => Repeat(n, i => proxy.Add(i, 1)))
            .Add("AspectInjector", static n => Repeat(n, static i => WeavingPeer.Add(i, 1)))
            .Add("LoggerMessage to a file", n => Repeat(n, i => logging.Add(i, 1)))
            .Measure();
        foreach (Measurement measured in m.Values)
            GateReport.Note($"{measured.Name,-50} {measured.Nanoseconds,8:0.0} ns {measured.Bytes,8:0} B");
        report.AtLeast(
            "OpenTelemetry activity, over a recorded call",
            m["OpenTelemetry activity, 3 tags, batch exporter"].Nanoseconds / m["recorded"].Nanoseconds, 4, "x");
    }

    private static void Repeat(int count, Func<int, int> call)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
            sum += call(i);
        s_sink += sum;
    }
}
