using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Recording;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Recording;

/// <summary>Chunks are taken from threads at any moment; a call that is being written into one is not.</summary>
[Collection(RunsAlone.Name)]
public sealed class RevokedChunkTests
{
    private const int Calls = 30_000;

    [Fact]
    public void A_call_goes_on_in_its_chunk_while_that_is_taken_away()
    {
        var calls = new RecordedCalls(EventKind.Action, "written");
        using var session = Session.Start();
        calls.Text("the first makes this thread a chunk");
        long before = RecorderHealth.Current.DroppedEvents;
        ThreadRecorder thread = ThreadRecorder.Current;
        // One that belongs to this test: it takes every chunk for one of a segment that is no longer written.
        Segment other = Segment.CreateInMemory(0, 1, 2 * LogFormat.UnitBytes);
        var reclaimer = new ChunkReclaimer();
        reclaimer.Register(thread);
        bool isDone = false;
        var taker = new Thread(() =>
        {
            var random = new Random(1);
            while (!Volatile.Read(ref isDone))
            {
                reclaimer.Reclaim(other);
                Thread.SpinWait(random.Next(100));
            }
        });
        taker.Start();

        for (int i = 0; i < Calls; i++)
        {
            // Chunks grow for those who fill them, which this thread is kept from.
            thread.NextUnits = 1;
            calls.Text(Text(i)[1..^1]);
        }

        Volatile.Write(ref isDone, true);
        taker.Join();
        ActionEvent[] events = [.. session.ReadEvents().OfType<ActionEvent>().Skip(1)];
        string[] read = [.. events.Select(static e => e.Params[0].Value.ToString())];
        // A call whose end found no room is there, and its end is counted as dropped.
        int unended = events.Count(static e => e.Duration is null);
        Assert.Equal(read.Order(StringComparer.Ordinal), read.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Subset(Enumerable.Range(0, Calls).Select(Text).ToHashSet(StringComparer.Ordinal), read.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(Calls, read.Length - unended + RecorderHealth.Current.DroppedEvents - before);
    }

    private static string Text(int number) => $"\"{number} {new string('x', number % 50)}\"";
}
