namespace AgentOps.Budgets;

/// <summary>How often each call was made. Thread-safe; remembers the latest calls, up to a number.</summary>
/// <remarks>
/// A call that was made before is counted without a lock: its counter is an object of its own, which tables share and never copy, so that
/// neither growing nor forgetting can lose what another thread counts meanwhile.
/// </remarks>
internal sealed class RepeatTable
{
    public const int MaxCalls = 65_536;

    private const int SmallestTable = 64;

    // What a forgotten call's counter stands at, so far down that whoever still holds it cannot count it up again.
    private const long Forgotten = long.MinValue;

    private readonly object _lock = new();

    // Two generations: when the younger is half of what is allowed, the older goes. A call that is made again moves to the younger.
    private Counter?[] _young = new Counter?[SmallestTable];
    private Counter?[] _old = new Counter?[SmallestTable];
    private int _youngCount;
    private long _madeOfForgotten;

    /// <summary>All that were counted, of forgotten calls too.</summary>
    public long Total
    {
        get
        {
            lock (_lock)
            {
                long total = _madeOfForgotten;
                foreach (Counter? counter in _young)
                    total += counter is null ? 0 : Volatile.Read(ref counter.Made);
                foreach (Counter counter in OnlyOld())
                    total += Volatile.Read(ref counter.Made);
                return total;
            }
        }
    }

    /// <summary>Counts a call.</summary>
    /// <returns>How often it was made, this time among them.</returns>
    public long Count(ulong call)
    {
        while (true)
        {
            Counter counter = Find(Volatile.Read(ref _young), call) ?? Add(call);
            if (Interlocked.Increment(ref counter.Made) is > 0 and var made)
                return made;
        }
    }

    private static Counter? Find(Counter?[] table, ulong call)
    {
        // Half of the places are free, so every search comes to one.
        int mask = table.Length - 1;
        for (int at = (int)call & mask; table[at] is { } counter; at = (at + 1) & mask)
        {
            if (counter.Call == call)
                return counter;
        }
        return null;
    }

    private static void Place(Counter?[] table, Counter counter)
    {
        int mask = table.Length - 1;
        int at = (int)counter.Call & mask;
        while (table[at] is not null)
            at = (at + 1) & mask;
        Volatile.Write(ref table[at], counter);
    }

    private Counter Add(ulong call)
    {
        lock (_lock)
        {
            if (Find(_young, call) is { } known)
                return known;
            Counter counter = Find(_old, call) ?? new Counter(call);
            if (_youngCount >= MaxCalls / 2)
            {
                foreach (Counter old in OnlyOld())
                {
                    // The call that is made again right now is not forgotten.
                    if (!ReferenceEquals(old, counter))
                        _madeOfForgotten += Interlocked.Exchange(ref old.Made, Forgotten);
                }
                _old = _young;
                _youngCount = 0;
                Volatile.Write(ref _young, new Counter?[SmallestTable]);
            }
            else if (_youngCount >= _young.Length / 2)
            {
                var larger = new Counter?[2 * _young.Length];
                foreach (Counter? moved in _young)
                {
                    if (moved is not null)
                        Place(larger, moved);
                }
                Volatile.Write(ref _young, larger);
            }
            Place(_young, counter);
            _youngCount++;
            return counter;
        }
    }

    private IEnumerable<Counter> OnlyOld()
    {
        foreach (Counter? counter in _old)
        {
            if (counter is not null && Find(_young, counter.Call) is null)
                yield return counter;
        }
    }

    private sealed class Counter(ulong call)
    {
        public readonly ulong Call = call;

        public long Made;
    }
}
