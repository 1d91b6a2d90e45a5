using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>
/// The model calls of a log, each with the model call that it was made in, whatever tools and actions lie between. Links stay within
/// a session and never make a circle.
/// </summary>
internal sealed class CallNesting
{
    private const int None = -1;
    private const int Unknown = -2;
    private const int Walking = -3;

    private CallNesting(LlmEvent[] calls, int[] outer)
    {
        Calls = calls;
        Outer = outer;
        HasLayers = Array.Exists(outer, static o => o >= 0);
        InnermostFirst = HasLayers ? Order(outer) : [];
    }

    /// <summary>In the order of the events.</summary>
    public IReadOnlyList<LlmEvent> Calls { get; }

    /// <summary>By call: the number of the call around it, or -1.</summary>
    public int[] Outer { get; }

    /// <summary>Whether any call lies inside another.</summary>
    public bool HasLayers { get; }

    /// <summary>The numbers of the calls, none before those inside it. Empty if there are no layers.</summary>
    public int[] InnermostFirst { get; }

    public static CallNesting Of(IReadOnlyList<AgentEvent> events)
    {
        LlmEvent[] calls = [.. events.OfType<LlmEvent>()];
        int[] outer = new int[calls.Length];
        Array.Fill(outer, None);
        if (calls.Length > 1 && Array.Exists(calls, static c => c.ParentId is not null))
        {
            FindOuter(events, outer);
            CutCircles(outer);
        }
        return new CallNesting(calls, outer);
    }

    private static void FindOuter(IReadOnlyList<AgentEvent> events, int[] outer)
    {
        var byId = new Dictionary<Guid, int>(events.Count);
        int[] numbers = new int[events.Count];
        int calls = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            byId.TryAdd(events[i].Id, i);
            numbers[i] = events[i] is LlmEvent ? calls++ : None;
        }
        int[] around = new int[events.Count];
        Array.Fill(around, Unknown);
        var path = new List<int>();
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] >= 0)
                outer[numbers[i]] = Walk(i);
        }

        // What a walk finds holds for all events on its way, so each event is passed once.
        int Walk(int from)
        {
            path.Clear();
            int found = Unknown;
            for (int at = from; found == Unknown;)
            {
                around[at] = Walking;
                path.Add(at);
                at = ParentOf(events[at]);
                found = at == None || around[at] == Walking ? None : numbers[at] >= 0 ? numbers[at] : around[at];
            }
            foreach (int at in path)
                around[at] = found;
            return found;
        }

        int ParentOf(AgentEvent e) =>
            e.ParentId is { } id && byId.TryGetValue(id, out int parent) && events[parent].SessionId == e.SessionId ? parent : None;
    }

    private static void CutCircles(int[] outer)
    {
        int[] walks = new int[outer.Length];
        for (int first = 0; first < outer.Length; first++)
        {
            int last = None;
            int at = first;
            for (; at != None && walks[at] == 0; at = outer[at])
            {
                walks[at] = first + 1;
                last = at;
            }
            if (at != None && last != None && walks[at] == first + 1)
                outer[last] = None;
        }
    }

    private static int[] Order(int[] outer)
    {
        int[] inside = new int[outer.Length];
        foreach (int o in outer)
        {
            if (o >= 0)
                inside[o]++;
        }
        int[] order = new int[outer.Length];
        int ready = 0;
        for (int call = 0; call < outer.Length; call++)
        {
            if (inside[call] == 0)
                order[ready++] = call;
        }
        for (int next = 0; next < ready; next++)
        {
            if (outer[order[next]] is >= 0 and int o && --inside[o] == 0)
                order[ready++] = o;
        }
        return order;
    }
}
