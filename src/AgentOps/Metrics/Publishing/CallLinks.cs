using AgentOps.Events;

namespace AgentOps.Metrics.Publishing;

/// <summary>
/// How the calls of one session lie inside one another, as far as they have been told: those inside mostly before those around them,
/// by hand the other way round. Keeps what late calls may lie in, and no more.
/// </summary>
internal sealed class CallLinks
{
    private const int Remembered = 64 * 1024;

    /// <summary>Nobody nests model calls deeper; a walk further up is not worth its time.</summary>
    private const int MaxDepth = 1024;

    private readonly Dictionary<Guid, Node> _nodes = [];
    private readonly Queue<Guid> _told = new();

    private sealed class Node
    {
        public Guid? Parent { get; set; }

        public bool IsTold { get; set; }

        /// <summary>How much a model call says of itself; -1 for what is none.</summary>
        public int Weight { get; set; } = -1;

        /// <summary>The most that a model call inside says; -1 if there is none.</summary>
        public int Beneath { get; set; } = -1;

        public string? ErrorType { get; set; }
    }

    public void Add(AgentEvent call)
    {
        Node node = NodeOf(call.Id);
        if (!node.IsTold)
        {
            _told.Enqueue(call.Id);
            if (_told.Count > Remembered)
                _nodes.Remove(_told.Dequeue());
        }
        node.IsTold = true;
        node.Parent = call.ParentId == call.Id ? null : call.ParentId;
        if (call is LlmEvent llm)
            node.Weight = CountedCalls.WeightOf(llm);
        Raise(node.Parent, Math.Max(node.Weight, node.Beneath));
        // What left a call mostly leaves the one around it, too.
        if (call.Status == EventStatus.Error && node is { ErrorType: { } type, Parent: { } parent })
            NodeOf(parent).ErrorType = type;
    }

    public void AddError(ErrorEvent error)
    {
        if ((error.TriggerEventId ?? error.ParentId) is { } failed)
            NodeOf(failed).ErrorType = error.ErrorType;
    }

    public string? ErrorOf(AgentEvent call) => _nodes.GetValueOrDefault(call.Id)?.ErrorType;

    public bool IsInnermost(LlmEvent call) => _nodes.GetValueOrDefault(call.Id) is not { Beneath: >= 0 };

    /// <summary>Whether the call is part of sums.</summary>
    /// <param name="call">A call that was added.</param>
    /// <param name="isLastChance">Whether nothing more will be known.</param>
    /// <returns><see langword="null"/> if that hangs on a call around it that has not been told.</returns>
    public CallCounting? CountingOf(LlmEvent call, bool isLastChance)
    {
        int weight = CountedCalls.WeightOf(call);
        Node? node = _nodes.GetValueOrDefault(call.Id);
        if (node is not null && weight <= node.Beneath)
            return CallCounting.Aggregate;
        // Nothing says more than tokens, so nothing covers a call that says them.
        if (weight == CountedCalls.MaxWeight)
            return CallCounting.Counted;
        Guid? at = node?.Parent;
        for (int depth = 0; depth < MaxDepth && at is { } id; depth++)
        {
            if (_nodes.GetValueOrDefault(id) is not { IsTold: true } outer)
                return isLastChance ? CallCounting.Counted : null;
            if (outer.Weight > outer.Beneath)
                return CallCounting.Covered;
            at = outer.Parent;
        }
        return CallCounting.Counted;
    }

    /// <summary>Each call is raised twice at most, so all walks together are linear, and circles end.</summary>
    private void Raise(Guid? from, int weight)
    {
        for (Guid? at = from; at is { } id && weight >= 0;)
        {
            Node node = NodeOf(id);
            if (node.Beneath >= weight)
                return;
            node.Beneath = weight;
            at = node.IsTold ? node.Parent : null;
        }
    }

    private Node NodeOf(Guid id)
    {
        if (!_nodes.TryGetValue(id, out Node? node))
            _nodes.Add(id, node = new Node());
        return node;
    }
}
