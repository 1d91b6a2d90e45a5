using AgentOps.Server.Components.Charts;
using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>The numbers of the overview: of a period, and of the same length of time before it.</summary>
public sealed class OverviewModel
{
    private readonly IReadOnlyDictionary<string, int> _series;

    private OverviewModel(ViewState view, Totals now, Totals before, IReadOnlyDictionary<string, int> series)
    {
        View = view;
        Now = now;
        Before = before;
        _series = series;
    }

    public ViewState View { get; }

    public Totals Now { get; }

    public Totals Before { get; }

    public IReadOnlyList<SessionRow> Live { get; private init; } = [];

    public IReadOnlyList<ErrorRow> LatestErrors { get; private init; } = [];

    public long SessionsWithErrors { get; private init; }

    public bool IsPartial => View.Period.IsLastPartial(View.Now);

    /// <summary>What a period adds up to, whole and bucket by bucket.</summary>
    public sealed class Totals
    {
        public Totals(Period period, IReadOnlyList<RollUpRow> rows, IReadOnlyList<SessionBucket> sessions)
        {
            Buckets = [.. Enumerable.Range(0, period.Buckets).Select(static i => new BucketTotal(i))];
            foreach (RollUpRow row in rows)
            {
                Buckets[row.Bucket].Add(row);
                (row.Key.Kind == RecordKind.Llm ? All : Others).Add(row.Measures);
                Kinds[row.Key.Kind] = Kinds.GetValueOrDefault(row.Key.Kind) + row.Measures.Events;
                if (row.Key.Kind == RecordKind.Llm)
                    Of(Models, row.Key.Model).Add(row.Measures);
            }
            foreach (SessionBucket bucket in sessions)
                Buckets[bucket.Bucket].Sessions = bucket;
        }

        public BucketTotal[] Buckets { get; }

        /// <summary>All model calls.</summary>
        public Measures All { get; } = new();

        public Measures Others { get; } = new();

        public Dictionary<RecordKind, long> Kinds { get; } = [];

        public Dictionary<string, Measures> Models { get; } = new(StringComparer.Ordinal);

        public long Events => Kinds.Values.Sum();

        public long Errors => Kinds.GetValueOrDefault(RecordKind.Error);

        public double? ErrorRate => Events == 0 ? null : (double)Errors / Events;

        public int Started => Buckets.Sum(static b => b.Sessions.Started);

        public int Ended => Buckets.Sum(static b => b.Sessions.Ended);

        public double? SuccessRate => Ended == 0 ? null : (double)Buckets.Sum(static b => b.Sessions.Succeeded) / Ended;
    }

    /// <summary>One bucket of a period.</summary>
    public sealed class BucketTotal(int bucket)
    {
        public SessionBucket Sessions { get; set; } = new(bucket);

        public Dictionary<RecordKind, long> Kinds { get; } = [];

        public Dictionary<string, Measures> Models { get; } = new(StringComparer.Ordinal);

        public Measures Calls { get; } = new();

        public long Events => Kinds.Values.Sum();

        public double? SuccessRate => Sessions.Ended == 0 ? null : (double)Sessions.Succeeded / Sessions.Ended;

        public double? ErrorRate => Events == 0 ? null : (double)Kinds.GetValueOrDefault(RecordKind.Error) / Events;

        public void Add(RollUpRow row)
        {
            Kinds[row.Key.Kind] = Kinds.GetValueOrDefault(row.Key.Kind) + row.Measures.Events;
            if (row.Key.Kind != RecordKind.Llm)
                return;
            Calls.Add(row.Measures);
            Of(Models, row.Key.Model).Add(row.Measures);
        }
    }

    public static async Task<OverviewModel> LoadAsync(ViewState view, IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        return new OverviewModel(view, await TotalsAsync(view.Period, view.Project, store), await TotalsAsync(view.Period.Before, view.Project, store), await store.ReadSeriesAsync())
        {
            Live = await store.ReadLiveSessionsAsync(view.Project, 40),
            LatestErrors = await store.ReadLatestErrorsAsync(view.Scope, null, 5),
            SessionsWithErrors = await store.CountSessionsWithErrorsAsync(view.Scope),
        };
    }

    /// <summary>Models, the largest first by a measure of theirs.</summary>
    public IReadOnlyList<string> ModelsBy(Func<Measures, long> size) =>
        [.. Now.Models.OrderByDescending(model => size(model.Value)).ThenBy(static model => model.Key, StringComparer.Ordinal).Select(static model => model.Key)];

    public string ClassOf(string model) => SeriesColours.ClassOf(_series, model);

    public IReadOnlyList<double?> Each(Func<BucketTotal, double?> value) => [.. Now.Buckets.Select(value)];

    public IReadOnlyList<double?> EachBefore(Func<BucketTotal, double?> value) => View.IsCompared ? [.. Before.Buckets.Select(value)] : [];

    private static async Task<Totals> TotalsAsync(Period period, string? project, IEventStore store)
    {
        var scope = new Scope(project, period.From, period.To);
        return new Totals(period, await store.ReadRollUpsAsync(scope, period.Bucket, withHistograms: false), await store.ReadSessionBucketsAsync(scope, period.Bucket));
    }

    private static Measures Of(Dictionary<string, Measures> models, string model)
    {
        if (!models.TryGetValue(model, out Measures? found))
            models.Add(model, found = new Measures());
        return found;
    }
}
