using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>One page of sessions, with what they can be chosen by.</summary>
public sealed record SessionsModel(ViewState View, SessionPage Page, IReadOnlyList<FacetValue> Facets, IReadOnlyDictionary<string, int> Series)
{
    public const int PageSize = 25;

    public int PageNumber { get; private init; }

    public SessionSort Sort { get; private init; }

    public bool IsAscending { get; private init; }

    /// <summary>What the whole width of a tape stands for.</summary>
    public TimeSpan Scale => Page.Rows.Count == 0 ? TimeSpan.Zero : Page.Rows.Max(row => row.DurationAt(View.Now));

    public int Pages => (int)Math.Max(1, (Page.Matching + PageSize - 1) / PageSize);

    public static async Task<SessionsModel> LoadAsync(ViewState view, IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        int page = int.TryParse(view["page"], out int asked) && asked is > 1 and < 1_000_000 ? asked : 1;
        SessionSort sort = Enum.TryParse(view["sort"], ignoreCase: true, out SessionSort wanted) && Enum.IsDefined(wanted) ? wanted : SessionSort.Started;
        bool ascending = view["order"] == "asc";
        var query = new SessionQuery(view.Scope) { Filter = view.Filter, Sort = sort, Ascending = ascending, Skip = (page - 1) * PageSize, Take = PageSize };
        return new SessionsModel(view, await store.FindSessionsAsync(query), await store.ReadFacetsAsync(view.Scope), await store.ReadSeriesAsync())
        {
            PageNumber = page, Sort = sort, IsAscending = ascending,
        };
    }
}
