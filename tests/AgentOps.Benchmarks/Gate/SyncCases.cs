using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What recording a synchronous call costs.</summary>
internal sealed class SyncCases(GateReport report, MappedFloor floor)
{
    private static readonly string s_text = new('x', 1002);

    private static readonly AsyncLocal<Marker?> s_flow = new();

    private static long s_sink;

    private sealed class Marker(long span, object target)
    {
        public object Target { get; } = target;

        public long Span { get; } = span;
    }

    public void Measure()
    {
        IReadOnlyDictionary<string, Measurement> m = new Slices(5_000, rounds: 301)
            .Add("floor", n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += floor.Add(i, 1);
                s_sink += sum;
            }, n => floor.Touch(n))
            .Add("bare", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.BareAdd(i, 1);
                s_sink += sum;
            })
            .Add("recorded", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.Add(i, 1);
                s_sink += sum;
            })
            .Add("parent", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.Outer(i, 1);
                s_sink += sum;
            })
            .Add("parent as leaf", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.OuterLeaf(i, 1);
                s_sink += sum;
            })
            .Add("flow alone", static n =>
            {
                for (int i = 0; i < n; i++)
                {
                    ExecutionContext? before = ExecutionContext.Capture();
                    s_flow.Value = new Marker(i, s_text);
                    ExecutionContext.Restore(before!);
                }
            })
            .Measure();
        GateReport.Note($"floor {m["floor"].Nanoseconds:0.0} ns, bare call {m["bare"].Nanoseconds:0.0} ns, recorded {m["recorded"].Nanoseconds:0.0} ns");
        report.AtMost("recorded call, two ints in, one out, over the floor", m["recorded"].Nanoseconds / m["floor"].Nanoseconds, 1.2, "x");
        report.BytesAtMost("recorded call", m["recorded"].Bytes, 0);
        GateReport.Note($"setting an AsyncLocal and restoring its context, which publishing cannot do without: {m["flow alone"].Nanoseconds:0.0} ns");
        report.AtMost("publishing a call as parent", m["parent"].Nanoseconds - m["parent as leaf"].Nanoseconds, 35, "ns");
        report.BytesAtMost("publishing a call as parent", m["parent"].Bytes - m["parent as leaf"].Bytes, 110);
        MeasureText();
    }

    private void MeasureText()
    {
        IReadOnlyDictionary<string, Measurement> m = new Slices(1_000, rounds: 201)
            .Add("floor", n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += floor.Length(s_text);
                s_sink += sum;
            }, n => floor.Touch(n, 64 + (s_text.Length * 3)))
            .Add("recorded", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.Length(s_text);
                s_sink += sum;
            })
            .Measure();
        GateReport.Note($"floor with 1 KB of text {m["floor"].Nanoseconds:0.0} ns, recorded {m["recorded"].Nanoseconds:0.0} ns");
        report.AtMost("recorded call with 1 KB of text, over its own floor", m["recorded"].Nanoseconds / m["floor"].Nanoseconds, 2.0, "x");
        report.BytesAtMost("recorded call with 1 KB of text", m["recorded"].Bytes, 0);
    }
}
