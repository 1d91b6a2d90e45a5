using System.Globalization;
using AgentOps.Events;
using AgentOps.Log;
using AgentOps.Tests.Support;

namespace AgentOps.Tests.Log;

/// <summary>Wall clocks that are set while a log is written: order and durations hold, and times stay near the truth.</summary>
public sealed class ClockStepTests
{
    private const int Hour = 3600;
    private const int Year = 365 * 24 * Hour;

    [Theory]
    [InlineData]
    [InlineData(-Hour)]
    [InlineData(Hour)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(Year)]
    [InlineData(-Year)]
    [InlineData(Hour, -Hour)]
    [InlineData(-Hour, Hour)]
    [InlineData(-Hour, -Hour, 3 * Hour)]
    public async Task Order_nesting_and_durations_hold_whatever_the_clock_is_set_to(params int[] steps)
    {
        using var folder = new TemporaryFolder();

        IReadOnlyList<AgentEvent> events = await RecordAsync(folder, steps);

        ActionEvent[] outer = [.. events.OfType<ActionEvent>().Where(static e => e.ActionType == "outer")];
        Assert.Equal(2 + (steps.Length * 4), outer.Length);
        Assert.Equal(Enumerable.Range(0, outer.Length), outer.Select(static e => (int)e.Params[0].Value.AsInt64()!.Value));
        Assert.IsType<SessionStartEvent>(events[0]);
        Assert.IsType<SessionEndEvent>(events[^1]);
        foreach (AgentEvent e in events)
        {
            Assert.True(e.Start >= events[0].Start && e.Start <= events[^1].Start);
            AgentEvent? parent = events.FirstOrDefault(other => other.Id == e.ParentId);
            Assert.True(parent is null || parent.Start <= e.Start, $"A {e.DisplayName} starts before what it is in.");
        }
        Assert.All(events.OfType<ToolEvent>(), static e => Assert.InRange(e.Duration!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)));
        // By hand between two calls: the times of both kinds of events come from one clock. A time by hand is taken by the snapshot before it and
        // stays; a call after the next snapshot goes by that, which may stand a little lower (LogClock runs slower until it agrees).
        TimeSpan slack = TimeSpan.FromMilliseconds(1);
        AgentEvent[] calls = [.. events.Where(static e => e is ToolEvent || e.DisplayName == "outer")];
        AgentEvent[] byHand = [.. events.Where(static e => e.DisplayName == "by hand")];
        Assert.Equal(outer.Length / 2, byHand.Length);
        for (int i = 0; i < outer.Length; i += 2)
        {
            int first = Array.IndexOf(calls, outer[i]);
            Assert.Equal(["inner", "inner", "outer"], calls.Skip(first + 1).Take(3).Select(static e => e.DisplayName));
            Assert.InRange(byHand[i / 2].Start, calls[first + 2].Start, outer[i + 1].Start + slack);
        }
    }

    [Theory]
    [InlineData(Hour)]
    [InlineData(Year)]
    [InlineData(-Hour, 2 * Hour)]
    public async Task Where_the_clock_is_set_ahead_times_follow_it(params int[] steps)
    {
        using var folder = new TemporaryFolder();
        DateTimeOffset begin = DateTimeOffset.UtcNow;

        IReadOnlyList<AgentEvent> events = await RecordAsync(folder, steps);

        AgentEvent[] calls = [.. events.OfType<ActionEvent>()];
        TimeSpan tolerance = TimeSpan.FromMinutes(2);
        Assert.InRange(calls[0].Start, begin, begin + tolerance);
        DateTimeOffset ahead = begin + TimeSpan.FromSeconds(steps.Sum());
        Assert.InRange(calls[^1].Start, ahead, ahead + tolerance);
        Assert.InRange(events[^1].Start, ahead, ahead + tolerance);
    }

    [Fact]
    public async Task Where_the_clock_is_set_back_times_go_on_from_where_they_were()
    {
        using var folder = new TemporaryFolder();
        DateTimeOffset begin = DateTimeOffset.UtcNow;

        IReadOnlyList<AgentEvent> events = await RecordAsync(folder, [-Hour]);

        Assert.All(events, e => Assert.InRange(e.Start, begin, begin + TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public async Task A_follower_tells_the_same_times_as_a_reader()
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<AgentEvent> read = await RecordAsync(folder, [Hour, -Hour]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var followed = new List<AgentEvent>();

        await foreach (AgentEvent e in EventLogReader.Open(folder.Path).FollowAsync(cancellationToken: enough.Token))
        {
            followed.Add(e);
            if (followed.Count == read.Count)
                break;
        }

        Assert.Equal(read.Select(static e => (e.Id, e.Start)), followed.Select(static e => (e.Id, e.Start)));
    }

    [Fact]
    public void A_clock_that_is_set_back_runs_slower_until_it_agrees()
    {
        var wall = new SettableClock();
        var clock = new LogClock(wall);
        ClockSnapshot before = clock.Take();
        wall.Offset = TimeSpan.FromHours(-1);

        ClockSnapshot after = clock.Take();

        long passed = before.ToTimeSpan(after.Ticks - before.Ticks).Ticks;
        Assert.InRange(after.UtcTicks - before.UtcTicks, (long)(passed * 0.999) - 1, passed);
    }

    [Fact]
    public void A_clock_that_is_set_ahead_is_followed_with_the_next_snapshot_and_noticed_before()
    {
        var wall = new SettableClock();
        var clock = new LogClock(wall);
        clock.Take();
        Assert.True(clock.TryGetUtcNow(out _));
        wall.Offset = TimeSpan.FromHours(1);

        Assert.False(clock.TryGetUtcNow(out _));

        clock.Take();
        Assert.True(clock.TryGetUtcNow(out DateTimeOffset now));
        Assert.InRange(now - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61));
    }

    [Fact]
    public void Flushes_go_on_when_the_clock_is_set_back()
    {
        var wall = new SettableClock();
        var files = new CountedFlushes();
        using var log = new TestLog(options => options with
        {
            Time = wall, Files = files, FlushInterval = TimeSpan.FromMilliseconds(1), Tick = TimeSpan.FromMilliseconds(1),
        });
        Assert.True(SpinWait.SpinUntil(() => files.Flushes > 0, TimeSpan.FromSeconds(30)));
        wall.Offset = TimeSpan.FromDays(-1);
        int before = files.Flushes;

        Assert.True(SpinWait.SpinUntil(() => files.Flushes > before + 2, TimeSpan.FromSeconds(30)), "Nothing is flushed any more.");
    }

    private static async Task<IReadOnlyList<AgentEvent>> RecordAsync(TemporaryFolder folder, int[] steps)
    {
        string[] lines = await AgentProcess.RunAsync(
            folder.Path, "step-clock", steps.Select(static step => step.ToString(CultureInfo.InvariantCulture)));
        return EventLogReader.Open(folder.Path).ReadEvents(Guid.Parse(lines[0]));
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _offset;

        public TimeSpan Offset
        {
            set => Volatile.Write(ref _offset, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));
    }

    private sealed class CountedFlushes : LogFiles
    {
        private int _flushes;

        public int Flushes => Volatile.Read(ref _flushes);

        public override void Flush(FileStream file)
        {
            base.Flush(file);
            Interlocked.Increment(ref _flushes);
        }
    }
}
