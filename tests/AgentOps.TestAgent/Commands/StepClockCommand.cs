using System.Globalization;

namespace AgentOps.TestAgent.Commands;

/// <summary>
/// <c>step-clock &lt;seconds&gt; …</c>: in one session, calls and an action by hand, then for each argument a step of the wall clock by
/// so many seconds, and the same twice, before and after the log has looked at the clock. Prints the session's id.
/// </summary>
internal static class StepClockCommand
{
    public static void Run(string[] arguments)
    {
        var clock = new SteppedClock();
        Recorder.Configure(new RecorderOptions { Time = clock, FlushInterval = TimeSpan.FromMilliseconds(100) });
        using Session session = Session.Start();
        Console.WriteLine(session.Id);
        int number = 0;
        Record(session, ref number);
        foreach (string seconds in arguments)
        {
            clock.Step(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
            int looks = clock.Looks;
            Record(session, ref number);
            SpinWait.SpinUntil(() => clock.Looks > looks);
            Record(session, ref number);
        }
    }

    [RecordAction("outer")]
    internal static void Outer(int number)
    {
        Inner(number);
        Inner(number);
    }

    [RecordTool("inner")]
    internal static void Inner(int number)
    {
        _ = number;
        Thread.Sleep(1);
    }

    private static void Record(Session session, ref int number)
    {
        Outer(number++);
        session.RecordAction(new ActionRecord("by hand"));
        Outer(number++);
    }

    /// <summary>The system's clock as it is while somebody sets it.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long _offset;
        private int _looks;

        /// <summary>How often the log's own thread asked, which it does after anything was recorded.</summary>
        public int Looks => Volatile.Read(ref _looks);

        public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

        public override DateTimeOffset GetUtcNow()
        {
            if (Thread.CurrentThread.Name == "AgentOps event log")
                Interlocked.Increment(ref _looks);
            return base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));
        }
    }
}
