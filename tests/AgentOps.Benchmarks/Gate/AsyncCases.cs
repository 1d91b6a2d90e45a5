using System.Runtime.CompilerServices;
using AgentOps.Benchmarks.Subjects;

namespace AgentOps.Benchmarks.Gate;

/// <summary>What recording calls that return tasks costs.</summary>
internal sealed class AsyncCases(GateReport report, MappedFloor floor)
{
    private static readonly Subjects.Gate s_gate = new();

    private static long s_sink;

    public void Measure()
    {
        MeasureCompleted();
        MeasurePending();
        report.Require("completed task comes back as the same object", ReferenceEquals(Calls.Done(1, 2), Calls.BareDone(1, 2)));
    }

    private void MeasureCompleted()
    {
        IReadOnlyDictionary<string, Measurement> m = new Slices(5_000, rounds: 201)
            .Add("floor", n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += floor.Add(i, 1);
                s_sink += sum;
            }, n => floor.Touch(n))
            .Add("task", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.Done(i, 1).Result;
                s_sink += sum;
            })
            .Add("value task", static n =>
            {
                int sum = 0;
                for (int i = 0; i < n; i++)
                    sum += Calls.DoneValue(i, 1).GetAwaiter().GetResult();
                s_sink += sum;
            })
            .Measure();
        foreach (string name in (string[])["task", "value task"])
        {
            report.AtMost($"completed {name}, over the floor", m[name].Nanoseconds / m["floor"].Nanoseconds, 1.25, "x");
            report.BytesAtMost($"completed {name}", m[name].Bytes, 0);
        }
    }

    private void MeasurePending()
    {
        IReadOnlyDictionary<string, Measurement> m = new Slices(1_000, rounds: 101)
            .Add("bare task", static n => Pump(n, static gate => Calls.BarePending(gate)))
            .Add("task", static n => Pump(n, static gate => Calls.Pending(gate)))
            .Add("bare value task", static n => PumpValue(n, static gate => Calls.BarePendingValue(gate)))
            .Add("value task", static n => PumpValue(n, static gate => Calls.PendingValue(gate)))
            .Measure();
        GateReport.Note($"pending task {m["bare task"].Nanoseconds:0} ns bare, {m["task"].Nanoseconds:0} ns recorded");
        report.BytesAtMost("pending task, over bare", m["task"].Bytes - m["bare task"].Bytes, 140);
        report.BytesAtMost("pending value task with pooling, over bare", m["value task"].Bytes - m["bare value task"].Bytes, 0);
    }

    private static void Pump(int count, Func<Subjects.Gate, Task<int>> call)
    {
        for (int i = 0; i < count; i++)
        {
            Task<int> task = call(s_gate);
            s_gate.Open();
            s_sink += task.GetAwaiter().GetResult();
        }
    }

    private static void PumpValue(int count, Func<Subjects.Gate, ValueTask<int>> call)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTaskAwaiter<int> task = call(s_gate).GetAwaiter();
            s_gate.Open();
            s_sink += task.GetResult();
        }
    }
}
