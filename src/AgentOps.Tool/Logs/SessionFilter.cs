using AgentOps.Events;

namespace AgentOps.Tool.Logs;

/// <summary>Which sessions are wanted. What is left out holds for all.</summary>
internal sealed record SessionFilter
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> States { get; init; } = [];

    public string? Name { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public bool IsAny => Tags.Count == 0 && States.Count == 0 && Name is null && Since is null && Until is null;

    public bool Matches(SessionInfo session) =>
        Tags.All(tag => session.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
        && (States.Count == 0 || States.Contains(SessionState.Of(session), StringComparer.Ordinal))
        && (Name is null || session.Name?.Contains(Name, StringComparison.OrdinalIgnoreCase) == true)
        && (Since is not { } since || (session.EndedAt ?? DateTimeOffset.MaxValue) >= since)
        && (Until is not { } until || session.StartedAt < until);
}
