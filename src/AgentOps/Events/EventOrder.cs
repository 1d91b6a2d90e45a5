namespace AgentOps.Events;

/// <summary>The order in which events are told: as they started; at the same moment the session first, then by id.</summary>
internal static class EventOrder
{
    public static List<AgentEvent> Sort(List<AgentEvent> events) => Sort(events, static e => e);

    /// <inheritdoc cref="Sort(List{AgentEvent})"/>
    public static List<ToldEvent> Sort(List<ToldEvent> events) => Sort(events, static told => told.Event);

    private static List<T> Sort<T>(List<T> events, Func<T, AgentEvent> eventOf)
    {
        // Sorting keys beside the events compares numbers, not objects; chunks are in order already, so most of it is.
        long[] keys = new long[events.Count];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = eventOf(events[i]).Start.UtcTicks;
        T[] sorted = [.. events];
        Comparer<T>? sameMoment = null;
        Array.Sort(keys, sorted);
        for (int first = 0; first < sorted.Length;)
        {
            int end = first + 1;
            while (end < sorted.Length && keys[end] == keys[first])
                end++;
            if (end - first > 1)
                Array.Sort(sorted, first, end - first, sameMoment ??= Comparer<T>.Create((a, b) => CompareInMoment(eventOf(a), eventOf(b))));
            first = end;
        }
        return [.. sorted];
    }

    private static int CompareInMoment(AgentEvent a, AgentEvent b)
    {
        int rank = RankOf(a).CompareTo(RankOf(b));
        return rank != 0 ? rank : a.Id.CompareTo(b.Id);
    }

    private static int RankOf(AgentEvent e) => e switch
    {
        SessionStartEvent => 0,
        SessionEndEvent => 2,
        _ => 1,
    };
}
