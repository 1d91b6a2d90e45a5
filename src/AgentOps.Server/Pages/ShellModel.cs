using AgentOps.Server.Store;
using AgentOps.Server.Watching;

namespace AgentOps.Server.Pages;

/// <summary>What stands around every page.</summary>
public sealed record ShellModel(ViewState View, IReadOnlyList<string> Projects, StoreFigures Figures, WatchState Watch, string Address)
{
    /// <summary>Groups of errors that were never seen before this period.</summary>
    public int NewErrors { get; init; }

    public static async Task<ShellModel> LoadAsync(ViewState view, IEventStore store, WatchHealth watch, string address)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(watch);
        IReadOnlyList<ErrorGroup> groups = await store.ReadErrorGroupsAsync(view.Scope, view.Period.Bucket, view.Period.From, null);
        return new ShellModel(view, await store.ReadProjectsAsync(), await store.ReadFiguresAsync(), watch.State, address)
        {
            NewErrors = groups.Count(group => group.FirstSeen >= view.Period.From && view.Period.From > DateTimeOffset.MinValue),
        };
    }
}
