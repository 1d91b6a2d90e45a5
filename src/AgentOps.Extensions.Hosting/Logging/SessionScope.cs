using System.Collections;
using AgentOps.Events;

namespace AgentOps.Extensions.Hosting.Logging;

/// <summary>The scope that says to all loggers which session a record is written in, and whose call.</summary>
internal sealed class SessionScope(Session session, AgentIdentity? agent) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string SessionId = "AgentOps.SessionId";
    public const string AgentId = "AgentOps.AgentId";
    public const string AgentName = "AgentOps.AgentName";

    public int Count => agent is null ? 1 : 3;

    public KeyValuePair<string, object?> this[int index] => (index, agent) switch
    {
        (0, _) => new(SessionId, session.Id),
        (1, { } known) => new(AgentId, known.Id),
        (2, { } known) => new(AgentName, known.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(", ", this.Select(static pair => $"{pair.Key}:{pair.Value}"));
}
