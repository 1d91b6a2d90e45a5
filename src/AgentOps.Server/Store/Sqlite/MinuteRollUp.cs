using AgentOps.Events;
using AgentOps.Metrics.Tallies;
using AgentOps.Pricing;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Works out the sums of minutes from their events, and those of hours from their minutes: anew each time, so nothing counts twice.</summary>
internal sealed class MinuteRollUp(SqliteConnection connection) : IDisposable
{
    public const long Minute = 1;
    public const long Hour = 60;

    private readonly Statement _touched = new(connection, "SELECT minute, project FROM touched_minutes LIMIT $0", 1);
    private readonly Statement _untouch = new(connection, "DELETE FROM touched_minutes WHERE minute = $0 AND project = $1", 2);
    private readonly Statement _events = new(
        connection,
        """
        SELECT kind, status, duration, name, model, provider, is_outer, counting, cost, cost_reason, input, output, cached, reasoning, first_token
        FROM events WHERE minute = $0 AND project = $1 AND kind <= 3
        """,
        2);

    private readonly Statement _minutes = new(connection, $"SELECT {RollUpTable.Columns} FROM rollups WHERE grain = 1 AND start >= $0 AND start < $1 AND project = $2", 3);
    private readonly Statement _drop = new(connection, "DELETE FROM rollups WHERE grain = $0 AND start = $1 AND project = $2", 3);
    private readonly Statement _save = new(connection, RollUpTable.InsertText, RollUpTable.Values + 2);

    /// <returns>How many minutes were worked out.</returns>
    public int RunStep(int atMost)
    {
        var touched = new List<(long Minute, long Project)>();
        using (SqliteDataReader rows = _touched.Read(atMost))
        {
            while (rows.Read())
                touched.Add((rows.GetInt64(0), rows.GetInt64(1)));
        }
        foreach ((long minute, long project) in touched)
        {
            Save(Minute, minute, project, OfEvents(minute, project));
            _untouch.Run(minute, project);
        }
        foreach ((long hour, long project) in touched.Select(static t => (Hour: t.Minute / Hour * Hour, t.Project)).Distinct())
            Save(Hour, hour, project, OfMinutes(hour, project));
        return touched.Count;
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_touched, _untouch, _events, _minutes, _drop, _save])
            statement.Dispose();
    }

    private Dictionary<RollUpKey, Measures> OfEvents(long minute, long project)
    {
        var sums = new Dictionary<RollUpKey, Measures>();
        using SqliteDataReader row = _events.Read(minute, project);
        while (row.Read())
        {
            var kind = (RecordKind)row.Int(0);
            string model = row.Text(4) ?? "";
            string name = row.Text(3) ?? (model.Length > 0 ? model : "llm");
            var key = new RollUpKey(kind, name, model, row.Text(5) ?? "", row.Int(6) != 0);
            if (!sums.TryGetValue(key, out Measures? sum))
                sums.Add(key, sum = new Measures());
            Add(sum, row, kind);
        }
        return sums;
    }

    private static void Add(Measures sum, SqliteDataReader row, RecordKind kind)
    {
        var status = (EventStatus)row.Int(1);
        long? duration = row.Long(2);
        sum.Events++;
        sum.Ended += status is EventStatus.Incomplete or EventStatus.Interrupted ? 0 : 1;
        sum.Errors += status == EventStatus.Error ? 1 : 0;
        sum.Cancelled += status == EventStatus.Cancelled ? 1 : 0;
        sum.Incomplete += status == EventStatus.Incomplete ? 1 : 0;
        sum.Interrupted += status == EventStatus.Interrupted ? 1 : 0;
        if (kind != RecordKind.Error && duration is { } nanoseconds)
            sum.Durations.Record(nanoseconds);
        if (kind == RecordKind.Llm && (Counting)row.Int(7) == Counting.Counted)
            AddCounted(sum, row, duration);
    }

    private static void AddCounted(Measures sum, SqliteDataReader row, long? duration)
    {
        sum.Counted++;
        TokenUsage? usage = SaneUsage.Of(new TokenUsage(row.Long(10), row.Long(11), row.Long(12), row.Long(13)));
        if (usage is null)
            sum.UnknownUsage++;
        sum.Input = Measures.Sum(sum.Input, usage?.InputTokens);
        sum.Output = Measures.Sum(sum.Output, usage?.OutputTokens);
        sum.Cached = Measures.Sum(sum.Cached, usage?.CachedInputTokens);
        sum.Reasoning = Measures.Sum(sum.Reasoning, usage?.ReasoningTokens);
        if (row.Long(8) is { } cost)
        {
            sum.CostNano = NanoUsd.Add(sum.CostNano, cost);
            sum.Priced++;
        }
        else
        {
            var reason = (CostReason)row.Int(9);
            sum.UnpricedUsage += reason == CostReason.UnknownUsage ? 1 : 0;
            sum.UnpricedModel += reason == CostReason.UnknownModel ? 1 : 0;
            sum.UnpricedTier += reason == CostReason.UnknownServiceTier ? 1 : 0;
        }
        if (row.Long(14) is not { } first)
            return;
        sum.FirstTokens.Record(first);
        if (usage?.OutputTokens is { } tokens && duration is { } all && all > first)
        {
            sum.StreamedTokens += tokens;
            sum.StreamedNanoseconds += all - first;
        }
    }

    private Dictionary<RollUpKey, Measures> OfMinutes(long hour, long project)
    {
        var sums = new Dictionary<RollUpKey, Measures>();
        using SqliteDataReader row = _minutes.Read(hour, hour + Hour, project);
        while (row.Read())
        {
            RollUpKey key = RollUpTable.ReadKey(row);
            if (!sums.TryGetValue(key, out Measures? sum))
                sums.Add(key, sum = new Measures());
            RollUpTable.AddTo(sum, row, withHistograms: true);
        }
        return sums;
    }

    private void Save(long grain, long start, long project, Dictionary<RollUpKey, Measures> sums)
    {
        _drop.Run(grain, start, project);
        foreach ((RollUpKey key, Measures sum) in sums)
            _save.Run(RollUpTable.ValuesOf(grain, start, project, key, sum));
    }
}
