using AgentOps.Events;

namespace AgentOps.Metrics;

/// <summary>An event with the events that happened inside it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Children">What happened inside, in the order in which it started.</param>
public sealed record CallTreeNode(AgentEvent Event, IReadOnlyList<CallTreeNode> Children)
{
    /// <summary>The events inside one another; those whose parent is not among them stand at the top.</summary>
    internal static IReadOnlyList<CallTreeNode> TreeOf(IReadOnlyList<AgentEvent> events)
    {
        AgentEvent[] shown = [.. events.Where(static e => e is ActionEvent or ToolEvent or LlmEvent or ErrorEvent or LogEvent)];
        var children = new Dictionary<Guid, List<CallTreeNode>>();
        foreach (AgentEvent e in shown)
            children[e.Id] = [];
        var roots = new List<CallTreeNode>();
        foreach (AgentEvent e in shown)
        {
            var node = new CallTreeNode(e, children[e.Id]);
            // A parent that no log here holds any more leaves its children at the top rather than nowhere.
            (e.ParentId is { } parent && parent != e.Id && children.TryGetValue(parent, out List<CallTreeNode>? siblings) ? siblings : roots).Add(node);
        }
        return roots;
    }
}
