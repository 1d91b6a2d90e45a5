using AgentOps.Server.Filters;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Questions about errors.</summary>
internal static class ErrorQueries
{
    private const string InScope = "e.kind = 3 AND e.start >= $0 AND e.start < $1 AND ($2 IS NULL OR e.project = $2)";

    public static IReadOnlyList<ErrorGroup> Groups(StoreReader reader, Scope scope, TimeSpan bucket, DateTimeOffset before, FilterNode? filter)
    {
        var values = new List<object?>(ScopeOf(reader, scope));
        string where = filter is null ? InScope : $"{InScope} AND {new FilterSql(values).OfError(filter)}";
        const string From = "events e JOIN sessions s ON s.no = e.session";
        int size = (int)((scope.To - scope.From).Ticks / bucket.Ticks);
        var trends = new Dictionary<long, long[]>();
        reader.List(
            $"SELECT e.error_group, (e.start - $0) / {Statement.NameOf(values.Count)}, COUNT(*) FROM {From} WHERE {where} GROUP BY 1, 2",
            row =>
            {
                if (!trends.TryGetValue(row.GetInt64(0), out long[]? trend))
                    trends.Add(row.GetInt64(0), trend = new long[size]);
                return trend[Math.Min(row.GetInt32(1), size - 1)] = row.GetInt64(2);
            },
            [.. values, bucket.Ticks]);
        object?[] earlier = [before.UtcTicks, scope.From.UtcTicks, .. values.Skip(2)];
        var previous = reader.List($"SELECT e.error_group, COUNT(*) FROM {From} WHERE {where} GROUP BY 1", static row => (Group: row.GetInt64(0), Count: row.GetInt64(1)), earlier)
            .ToDictionary(static g => g.Group, static g => g.Count);
        return reader.List(
            $"""
            SELECT e.error_group, g.type, g.message, g.frame, COUNT(*), COUNT(DISTINCT e.session), MAX(e.start), e.trigger_name, e.trigger_kind,
              (SELECT MIN(f.start) FROM events f WHERE f.error_group = e.error_group AND f.kind = 3)
            FROM {From} JOIN error_groups g ON g.no = e.error_group WHERE {where} GROUP BY 1 ORDER BY 5 DESC, 7 DESC
            """,
            row => new ErrorGroup
            {
                Id = row.GetInt64(0),
                Type = row.GetString(1),
                Message = row.GetString(2),
                Frame = row.GetString(3),
                Events = row.GetInt64(4),
                Sessions = row.GetInt64(5),
                LastSeen = row.Moment(6)!.Value,
                Trigger = row.Text(7),
                TriggerKind = row.Long(8) is { } kind ? (RecordKind)kind : null,
                FirstSeen = row.Moment(9)!.Value,
                EventsBefore = previous.GetValueOrDefault(row.GetInt64(0)),
                Trend = trends[row.GetInt64(0)],
            },
            [.. values]);
    }

    public static IReadOnlyList<ErrorRow> Latest(StoreReader reader, Scope scope, long? group, int atMost) => reader.List(
        $"""
        SELECT e.id, s.id, s.name, e.name, COALESCE(e.details, ''), e.start, e.trigger_name FROM events e JOIN sessions s ON s.no = e.session
        WHERE {InScope} AND ($3 IS NULL OR e.error_group = $3) ORDER BY e.start DESC LIMIT $4
        """,
        static row => new ErrorRow(row.Id(0)!.Value, row.Id(1)!.Value, row.Text(2), row.Text(3) ?? "", row.GetString(4), row.Moment(5)!.Value, row.Text(6)),
        [.. ScopeOf(reader, scope), group, atMost]);

    public static long CountSessions(StoreReader reader, Scope scope) =>
        reader.Scalar($"SELECT COUNT(DISTINCT e.session) FROM events e WHERE {InScope}", ScopeOf(reader, scope)) as long? ?? 0;

    private static object?[] ScopeOf(StoreReader reader, Scope scope) => [scope.From.UtcTicks, scope.To.UtcTicks, reader.ProjectOf(scope.Project)];
}
