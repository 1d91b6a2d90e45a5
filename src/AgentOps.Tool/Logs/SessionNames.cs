using AgentOps.Events;

namespace AgentOps.Tool.Logs;

/// <summary>Finds the session that somebody means, and gives ids as short as they may be.</summary>
internal static class SessionNames
{
    public const string Last = "last";

    private const int LeastShown = 8;

    /// <summary>The session of an id, of a prefix that no other has, or the latest.</summary>
    /// <exception cref="ToolException">There is none, or several; the message says what there is.</exception>
    public static SessionInfo Find(string typed, IReadOnlyList<SessionInfo> sessions, LogFolder folder)
    {
        if (sessions.Count == 0)
            throw ToolException.BadUsage($"No session is recorded in '{folder.Path}' ({folder.Origin}). Name another folder with --directory.");
        string wanted = typed.Trim();
        if (wanted.Equals(Last, StringComparison.OrdinalIgnoreCase))
            return sessions[^1];
        SessionInfo[] found = wanted.Length == 0 ? [] : [.. sessions.Where(session => IsPrefix(wanted, session.Id))];
        return found switch
        {
            [SessionInfo one] => one,
            [] => throw ToolException.BadUsage($"There is no session '{wanted}'; {Advice(wanted, sessions)}"),
            _ => throw ToolException.BadUsage(
                $"'{wanted}' is the beginning of {found.Length} sessions: {string.Join(", ", found.TakeLast(4).Select(session => Shortest(session.Id, sessions)))}"
                + $"{(found.Length > 4 ? ", …" : "")}. Give more of the id."),
        };
    }

    /// <summary>How much of the ids tells all sessions apart.</summary>
    public static int ShownLength(IEnumerable<SessionInfo> sessions)
    {
        int length = LeastShown;
        string? before = null;
        foreach (string id in sessions.Select(static session => session.Id.ToString()).Order(StringComparer.Ordinal))
        {
            if (before is not null)
                length = Math.Max(length, before.AsSpan().CommonPrefixLength(id) + 1);
            before = id;
        }
        return length;
    }

    private static string Shortest(Guid id, IReadOnlyList<SessionInfo> sessions) => id.ToString()[..Math.Min(36, ShownLength(sessions))];

    private static bool IsPrefix(string typed, Guid id) =>
        id.ToString().StartsWith(typed, StringComparison.OrdinalIgnoreCase) || id.ToString("N").StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static string Advice(string typed, IReadOnlyList<SessionInfo> sessions)
    {
        int shown = ShownLength(sessions);
        if (sessions.LastOrDefault(session => typed.Equals(session.Name, StringComparison.OrdinalIgnoreCase)) is { } named)
            return $"the latest of that name is {named.Id.ToString()[..shown]}.";
        string[] near =
        [
            .. sessions.Reverse()
                .Select(session => (Id: session.Id.ToString(), Distance: Suggestions.Distance(typed.ToLowerInvariant(), session.Id.ToString().AsSpan(0, Math.Min(36, typed.Length)))))
                .Where(scored => scored.Distance <= Math.Max(1, typed.Length / 3) || (typed.Length >= 4 && scored.Id.Contains(typed, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(static scored => scored.Distance)
                .Take(3)
                .Select(scored => scored.Id[..shown]),
        ];
        return near.Length > 0 ? $"did you mean {string.Join(" or ", near)}?" : "'agentops sessions' lists those that there are, and 'last' is the latest.";
    }
}
