using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>Puts the events of a session inside one another, without recursion: a session may be as deep as its agent.</summary>
internal static class SessionTree
{
    public static IReadOnlyList<TreeRow> Of(IReadOnlyList<StoredEvent> events)
    {
        var byId = events.ToDictionary(static e => e.Event.Id);
        // An error of a call is told by the call; one that has none stands for itself.
        StoredEvent[] nodes = [.. events.Where(e => e.Event is not ErrorEvent error || FailedCall(error, byId) is null)];
        ILookup<Guid, StoredEvent> children = nodes.ToLookup(e => ParentOf(e.Event, byId));
        var rows = new List<TreeRow>(nodes.Length);
        var byCall = new Dictionary<Guid, TreeRow>();
        var stack = new Stack<(StoredEvent Event, int Depth, IReadOnlyList<bool> Lines, bool IsLast)>();
        var seen = new HashSet<Guid>();
        Push(children[Guid.Empty], 0, []);
        while (stack.TryPop(out (StoredEvent Event, int Depth, IReadOnlyList<bool> Lines, bool IsLast) next))
        {
            if (!seen.Add(next.Event.Event.Id))
                continue;
            var row = new TreeRow { Stored = next.Event, Depth = next.Depth, LinesGoOn = next.Lines, IsLast = next.IsLast, HasChildren = children.Contains(next.Event.Event.Id) };
            rows.Add(row);
            byCall[next.Event.Event.Id] = row;
            if (row.HasChildren)
                Push(children[next.Event.Event.Id], next.Depth + 1, next.Depth == 0 ? [] : [.. next.Lines, !next.IsLast]);
        }
        foreach (StoredEvent e in events)
        {
            if (e.Event is ErrorEvent error && FailedCall(error, byId) is { } failed && byCall.TryGetValue(failed, out TreeRow? row))
                row.Errors.Add(error);
        }
        SumUp(rows, byCall, byId);
        return rows;

        void Push(IEnumerable<StoredEvent> siblings, int depth, IReadOnlyList<bool> lines)
        {
            StoredEvent[] list = [.. siblings];
            for (int i = list.Length - 1; i >= 0; i--)
                stack.Push((list[i], depth, lines, i == list.Length - 1));
        }
    }

    private static Guid? FailedCall(ErrorEvent error, Dictionary<Guid, StoredEvent> byId) =>
        (error.TriggerEventId ?? error.ParentId) is { } id && byId.TryGetValue(id, out StoredEvent? call) && call.Kind != RecordKind.Error ? id : null;

    /// <summary>The call around an event; none if that is not there, or if it would lead back to the event.</summary>
    private static Guid ParentOf(AgentEvent e, Dictionary<Guid, StoredEvent> byId)
    {
        if (e.ParentId is not { } parent || !byId.ContainsKey(parent))
            return Guid.Empty;
        int steps = 0;
        for (Guid? at = parent; at is { } id && byId.TryGetValue(id, out StoredEvent? above); at = above.Event.ParentId)
        {
            if (id == e.Id || ++steps > byId.Count)
                return Guid.Empty;
        }
        return parent;
    }

    /// <summary>Costs and tokens from the leaves up: a row comes before all that lies inside it.</summary>
    private static void SumUp(List<TreeRow> rows, Dictionary<Guid, TreeRow> byCall, Dictionary<Guid, StoredEvent> byId)
    {
        for (int i = rows.Count - 1; i >= 0; i--)
        {
            TreeRow row = rows[i];
            if (row.Event is LlmEvent llm && row.Stored.Counting == Counting.Counted)
            {
                row.SubtreeCalls++;
                if (row.Stored.CostNano is { } own)
                    row.SubtreeNano = NanoUsd.Add(row.SubtreeNano ?? 0, own);
                else
                    row.SubtreeUnpriced++;
                if (SaneUsage.Of(llm.Usage) is { } usage)
                    row.SubtreeTokens = (row.SubtreeTokens ?? 0) + (usage.InputTokens ?? 0) + (usage.OutputTokens ?? 0);
            }
            if (!byCall.TryGetValue(ParentOf(row.Event, byId), out TreeRow? above))
                continue;
            above.SubtreeCalls += row.SubtreeCalls;
            above.SubtreeUnpriced += row.SubtreeUnpriced;
            if (row.SubtreeNano is { } nano)
                above.SubtreeNano = NanoUsd.Add(above.SubtreeNano ?? 0, nano);
            above.SubtreeTokens = Measures.Sum(above.SubtreeTokens, row.SubtreeTokens);
        }
    }
}
