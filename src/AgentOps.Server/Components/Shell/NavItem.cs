namespace AgentOps.Server.Components.Shell;

/// <summary>A page that can be gone to, and the letter that goes there.</summary>
public sealed record NavItem(string Key, string Title, string Path, string Icon, string Letter)
{
    public static IReadOnlyList<IReadOnlyList<NavItem>> Groups { get; } =
    [
        [new("overview", "Overview", "/", "overview", "o"), new("sessions", "Sessions", "/sessions", "sessions", "s")],
        [new("performance", "Performance", "/performance", "performance", "p"), new("errors", "Errors", "/errors", "errors", "e")],
    ];

    public static IEnumerable<NavItem> All => Groups.SelectMany(static group => group);
}
