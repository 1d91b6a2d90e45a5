using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Sums as rows and back.</summary>
internal static class RollUpTable
{
    public const int Values = 27;

    /// <summary>In the order that <see cref="ReadKey"/> and <see cref="AddTo"/> take them.</summary>
    public const string Columns =
        "start, kind, name, model, provider, is_outer, events, ended, errors, cancelled, incomplete, interrupted, counted, unknown_usage, input, output, cached, reasoning, "
        + "cost, priced, unpriced_usage, unpriced_model, unpriced_tier, streamed_tokens, streamed_time, durations, first_tokens";

    public static string InsertText { get; } =
        "INSERT INTO rollups(grain, project, " + Columns + ") VALUES(" + string.Join(", ", Enumerable.Range(0, Values + 2).Select(Statement.NameOf)) + ")";

    public static object?[] ValuesOf(long grain, long start, long project, RollUpKey key, Measures sum) =>
    [
        grain, project, start, (long)key.Kind, key.Name, key.Model, key.Provider, key.IsOuter ? 1L : 0L,
        sum.Events, sum.Ended, sum.Errors, sum.Cancelled, sum.Incomplete, sum.Interrupted, sum.Counted, sum.UnknownUsage, sum.Input, sum.Output, sum.Cached, sum.Reasoning,
        sum.CostNano, sum.Priced, sum.UnpricedUsage, sum.UnpricedModel, sum.UnpricedTier, sum.StreamedTokens, sum.StreamedNanoseconds,
        sum.Durations.Count == 0 ? null : sum.Durations.Save(), sum.FirstTokens.Count == 0 ? null : sum.FirstTokens.Save(),
    ];

    public static RollUpKey ReadKey(SqliteDataReader row) => new((RecordKind)row.Int(1), row.GetString(2), row.GetString(3), row.GetString(4), row.Int(5) != 0);

    public static void AddTo(Measures sum, SqliteDataReader row, bool withHistograms)
    {
        sum.Events += row.GetInt64(6);
        sum.Ended += row.GetInt64(7);
        sum.Errors += row.GetInt64(8);
        sum.Cancelled += row.GetInt64(9);
        sum.Incomplete += row.GetInt64(10);
        sum.Interrupted += row.GetInt64(11);
        sum.Counted += row.GetInt64(12);
        sum.UnknownUsage += row.GetInt64(13);
        sum.Input = Measures.Sum(sum.Input, row.Long(14));
        sum.Output = Measures.Sum(sum.Output, row.Long(15));
        sum.Cached = Measures.Sum(sum.Cached, row.Long(16));
        sum.Reasoning = Measures.Sum(sum.Reasoning, row.Long(17));
        sum.CostNano = NanoUsd.Add(sum.CostNano, row.GetInt64(18));
        sum.Priced += row.GetInt64(19);
        sum.UnpricedUsage += row.GetInt64(20);
        sum.UnpricedModel += row.GetInt64(21);
        sum.UnpricedTier += row.GetInt64(22);
        sum.StreamedTokens += row.GetInt64(23);
        sum.StreamedNanoseconds += row.GetInt64(24);
        if (!withHistograms)
            return;
        sum.Durations.Merge(row.Bytes(25).AsSpan());
        sum.FirstTokens.Merge(row.Bytes(26).AsSpan());
    }
}
