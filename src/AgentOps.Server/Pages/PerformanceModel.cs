using AgentOps.Server.Store;

namespace AgentOps.Server.Pages;

/// <summary>How long calls took: over time, by model or tool, and the slowest.</summary>
public sealed record PerformanceModel(ViewState View, RecordKind Kind, IReadOnlyList<PerformanceModel.Line> Lines, IReadOnlyList<CallRow> Slowest, IReadOnlyDictionary<string, int> Series)
{
    /// <summary>All calls of each bucket.</summary>
    public Measures[] Buckets { get; private init; } = [];

    public Measures All { get; private init; } = new();

    public Measures AllBefore { get; private init; } = new();

    /// <summary>One model, or one tool or action.</summary>
    public sealed record Line(string Name, string Provider, Measures Now, Measures? Before);

    public static async Task<PerformanceModel> LoadAsync(ViewState view, IEventStore store)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(store);
        RecordKind kind = view["of"] switch { "tools" => RecordKind.Tool, "actions" => RecordKind.Action, _ => RecordKind.Llm };
        Period period = view.Period;
        var before = new Scope(view.Project, period.Before.From, period.Before.To);
        IReadOnlyList<RollUpRow> rows = Of(await store.ReadRollUpsAsync(view.Scope, period.Bucket, withHistograms: true), kind);
        IReadOnlyList<RollUpRow> earlier = Of(await store.ReadRollUpsAsync(before, period.Bucket, withHistograms: true), kind);
        Dictionary<(string, string), Measures> now = Group(rows);
        Dictionary<(string, string), Measures> then = Group(earlier);
        var buckets = new Measures[period.Buckets];
        for (int i = 0; i < buckets.Length; i++)
            buckets[i] = new Measures();
        foreach (RollUpRow row in rows)
            buckets[row.Bucket].Add(row.Measures);
        return new PerformanceModel(
            view, kind,
            [.. now.Select(line => new Line(line.Key.Item1, line.Key.Item2, line.Value, then.GetValueOrDefault(line.Key))).OrderByDescending(static line => line.Now.Durations.Quantile(0.95) ?? TimeSpan.Zero).ThenBy(static line => line.Name, StringComparer.Ordinal)],
            await store.ReadSlowestCallsAsync(view.Scope, kind, 6), await store.ReadSeriesAsync())
        {
            Buckets = buckets,
            All = Sum(rows),
            AllBefore = Sum(earlier),
        };
    }

    public IReadOnlyList<double?> Quantiles(double share) => [.. Buckets.Select(bucket => bucket.Durations.Quantile(share)?.TotalSeconds)];

    /// <summary>Model calls that others lie inside took as long as those: only the innermost say how long a model takes.</summary>
    private static RollUpRow[] Of(IReadOnlyList<RollUpRow> rows, RecordKind kind) => [.. rows.Where(row => row.Key.Kind == kind && !(kind == RecordKind.Llm && row.Key.IsOuter))];

    private static Dictionary<(string, string), Measures> Group(IEnumerable<RollUpRow> rows)
    {
        var groups = new Dictionary<(string, string), Measures>();
        foreach (RollUpRow row in rows)
        {
            (string, string) key = row.Key.Kind == RecordKind.Llm ? (row.Key.Model, row.Key.Provider) : (row.Key.Name, "");
            if (!groups.TryGetValue(key, out Measures? sum))
                groups.Add(key, sum = new Measures());
            sum.Add(row.Measures);
        }
        return groups;
    }

    private static Measures Sum(IEnumerable<RollUpRow> rows)
    {
        var sum = new Measures();
        foreach (RollUpRow row in rows)
            sum.Add(row.Measures);
        return sum;
    }
}
