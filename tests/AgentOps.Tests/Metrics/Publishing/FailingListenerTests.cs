using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using AgentOps.Events;
using AgentOps.Metrics.Publishing;
using AgentOps.Pricing;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Metrics.Publishing;

/// <summary>What the meter tells, and keeps, when who listens throws or prices cannot be read.</summary>
[Collection(RunsAlone.Name)]
public sealed class FailingListenerTests
{
    [Fact]
    public void Call_at_which_a_listener_throws_is_told_once_and_the_others_are_told()
    {
        using var meter = new AgentOpsMeter();
        var ledger = new CallLedger(meter, static () => PriceTable.BuiltIn);
        var told = new List<string>();
        using MeterListener listener = Listen(meter, "agentops.llm.calls", model =>
        {
            told.Add(model);
            if (model == "bad")
                throw new InvalidOperationException("full");
        });
        var session = Guid.NewGuid();

        ledger.Add([Call(session, "bad"), Call(session, "good")]);
        for (int look = 0; look < 4; look++)
            ledger.Settle(all: false);
        ledger.Settle(all: true);

        Assert.Equal(["bad", "good"], told);
    }

    [Fact]
    public void Event_at_which_a_listener_throws_costs_no_other_and_is_a_call_all_the_same()
    {
        using var meter = new AgentOpsMeter();
        var ledger = new CallLedger(meter, static () => PriceTable.BuiltIn);
        var told = new List<string>();
        int events = 0;
        using MeterListener failing = Listen(meter, "agentops.events", _ =>
        {
            events++;
            throw new InvalidOperationException("full");
        });
        using MeterListener hearing = Listen(meter, "agentops.llm.calls", told.Add);
        var session = Guid.NewGuid();

        ledger.Add([Call(session, "first"), Call(session, "second")]);
        ledger.Settle(all: true);

        Assert.Equal(2, events);
        Assert.Equal(["first", "second"], told);
    }

    [Fact]
    public void Prices_that_cannot_be_read_are_asked_for_once_and_costs_are_unknown()
    {
        using var meter = new AgentOpsMeter();
        int asked = 0;
        var ledger = new CallLedger(meter, () =>
        {
            asked++;
            throw new InvalidDataException("no price file");
        });
        var unknown = new List<string>();
        using MeterListener listener = Listen(meter, "agentops.llm.cost.unknown", unknown.Add);
        var session = Guid.NewGuid();

        ledger.Add([Call(session, "first"), Call(session, "second")]);
        ledger.Settle(all: false);
        ledger.Settle(all: false);

        Assert.Equal(1, asked);
        Assert.Equal(["first", "second"], unknown);
    }

    [Fact]
    public void Sessions_that_ended_are_not_remembered_for_ever()
    {
        using var meter = new AgentOpsMeter();
        var ledger = new CallLedger(meter, static () => PriceTable.BuiltIn);

        for (int i = 0; i < 10_000; i++)
        {
            var session = Guid.NewGuid();
            ledger.Add([Call(session, "m"), new SessionEndEvent { Id = Guid.NewGuid(), SessionId = session, Start = default, Status = EventStatus.Ok, EndState = EndState.Success }]);
            ledger.Settle(all: false);
        }

        Assert.InRange(ledger.Sessions, 1, 4096);
    }

    [Fact]
    public void Published_metrics_do_not_keep_what_flows_with_their_publisher()
    {
        (IDisposable published, WeakReference flowing) = PublishWithFlow();
        using (published)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();

            Assert.False(flowing.IsAlive);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (IDisposable Published, WeakReference Flowing) PublishWithFlow()
    {
        IDisposable? published = null;
        WeakReference? flowing = null;
        ExecutionContext.Run(
            ExecutionContext.Capture()!,
            _ =>
            {
                object value = new();
                new AsyncLocal<object>().Value = value;
                flowing = new WeakReference(value);
                published = Recorder.PublishMetrics();
            },
            null);
        return (published!, flowing!);
    }

    private static MeterListener Listen(AgentOpsMeter meter, string name, Action<string> hear)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter.Meter) && instrument.Name == name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => hear(tags.ToArray().ToDictionary().GetValueOrDefault("gen_ai.request.model") as string ?? ""));
        listener.Start();
        return listener;
    }

    private static LlmEvent Call(Guid session, string model) => new()
    {
        Id = Guid.NewGuid(),
        SessionId = session,
        Start = default,
        Status = EventStatus.Ok,
        Model = model,
        Usage = new TokenUsage(1, 2),
    };
}
