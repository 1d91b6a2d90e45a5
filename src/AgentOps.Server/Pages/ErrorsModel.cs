using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>Groups of errors, and how often each tool failed.</summary>
public sealed record ErrorsModel(ViewState View, IReadOnlyList<ErrorGroup> Groups, IReadOnlyList<ErrorsModel.ToolRate> Tools)
{
    /// <summary>A share of fewer calls says nothing.</summary>
    public const int LeastCalls = 20;

    public long SessionsHit { get; private init; }

    public long SessionsInAll { get; private init; }

    public long SessionsHitBefore { get; private init; }

    public long SessionsBefore { get; private init; }

    public ErrorGroup? Selected { get; private init; }

    public IReadOnlyList<ErrorRow> Latest { get; private init; } = [];

    public long Errors => Groups.Sum(static group => group.Events);

    /// <summary>Of all groups of the time before, those too of which there is none now.</summary>
    public long ErrorsBefore { get; private init; }

    public int New => Groups.Count(IsNew);

    /// <summary>Calls of a tool that have an outcome, and those that failed.</summary>
    public sealed record ToolRate(string Name, long Ended, long Failed)
    {
        public double Rate => Ended == 0 ? 0 : (double)Failed / Ended;

        public double? RateBefore { get; init; }
    }

    public bool IsNew(ErrorGroup group) => group.FirstSeen >= View.Period.From;

    /// <summary>What became of a group against the time before.</summary>
    public string TrendOf(ErrorGroup group) =>
        IsNew(group) ? "new" : group.Events >= group.EventsBefore * 1.5 && group.Events - group.EventsBefore >= 3 ? "rising" : group.Events * 1.25 <= group.EventsBefore && group.EventsBefore - group.Events >= 3 ? "falling" : "steady";

    public static async Task<ErrorsModel> LoadAsync(ViewState view, IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        Period period = view.Period;
        var before = new Scope(view.Project, period.Before.From, period.Before.To);
        var found = new List<ErrorGroup>(await store.ReadErrorGroupsAsync(view.Scope, period.Bucket, before.From, view.Filter));
        ErrorGroup[] groups = [.. found.OrderByDescending(group => group.FirstSeen >= period.From).ThenByDescending(static group => group.Events)];
        ErrorGroup? selected = long.TryParse(view["group"], out long id) ? Array.Find(groups, group => group.Id == id) : null;
        Dictionary<string, ToolRate> tools = await ToolsAsync(store, view.Scope, period);
        Dictionary<string, ToolRate> toolsBefore = await ToolsAsync(store, before, period.Before);
        return new ErrorsModel(
            view, groups,
            [.. tools.Values.Where(static tool => tool.Ended >= LeastCalls).OrderByDescending(static tool => tool.Rate).ThenBy(static tool => tool.Name, StringComparer.Ordinal)
                .Select(tool => toolsBefore.TryGetValue(tool.Name, out ToolRate? earlier) && earlier.Ended >= LeastCalls ? tool with { RateBefore = earlier.Rate } : tool)])
        {
            ToolsInAll = tools.Count,
            ErrorsBefore = (await store.ReadErrorGroupsAsync(before, period.Bucket, before.From, view.Filter)).Sum(static group => group.Events),
            SessionsHit = await store.CountSessionsWithErrorsAsync(view.Scope),
            SessionsHitBefore = await store.CountSessionsWithErrorsAsync(before),
            SessionsInAll = (await store.ReadSessionBucketsAsync(view.Scope, period.Bucket)).Sum(static bucket => bucket.Started),
            SessionsBefore = (await store.ReadSessionBucketsAsync(before, period.Bucket)).Sum(static bucket => bucket.Started),
            Selected = selected,
            Latest = selected is null ? [] : await store.ReadLatestErrorsAsync(view.Scope, selected.Id, 10),
        };
    }

    public int ToolsInAll { get; private init; }

    private static async Task<Dictionary<string, ToolRate>> ToolsAsync(IEventStore store, Scope scope, Period period)
    {
        var tools = new Dictionary<string, ToolRate>(StringComparer.Ordinal);
        foreach (RollUpRow row in await store.ReadRollUpsAsync(scope, period.Bucket, withHistograms: false))
        {
            if (row.Key.Kind != RecordKind.Tool)
                continue;
            ToolRate known = tools.GetValueOrDefault(row.Key.Name) ?? new ToolRate(row.Key.Name, 0, 0);
            tools[row.Key.Name] = known with { Ended = known.Ended + row.Measures.Ended, Failed = known.Failed + row.Measures.Errors };
        }
        return tools;
    }
}
