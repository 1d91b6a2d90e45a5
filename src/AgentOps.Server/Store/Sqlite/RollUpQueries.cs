namespace AgentOps.Server.Store.Sqlite;

/// <summary>Questions that are answered from sums, or by the buckets of time.</summary>
internal static class RollUpQueries
{
    public static IReadOnlyList<RollUpRow> Read(StoreReader reader, Scope scope, TimeSpan bucket, bool withHistograms)
    {
        long from = EventTable.MinuteOf(scope.From);
        long to = EventTable.MinuteOf(scope.To);
        long size = bucket.Ticks / TimeSpan.TicksPerMinute;
        bool isHourly = size % MinuteRollUp.Hour == 0 && from % MinuteRollUp.Hour == 0 && to % MinuteRollUp.Hour == 0;
        var sums = new Dictionary<(int, RollUpKey), Measures>();
        reader.List(
            $"SELECT {RollUpTable.Columns} FROM rollups WHERE grain = $0 AND start >= $1 AND start < $2 AND ($3 IS NULL OR project = $3)",
            row =>
            {
                (int, RollUpKey) key = ((int)((row.GetInt64(0) - from) / size), RollUpTable.ReadKey(row));
                if (!sums.TryGetValue(key, out Measures? sum))
                    sums.Add(key, sum = new Measures());
                RollUpTable.AddTo(sum, row, withHistograms);
                return 0;
            },
            isHourly ? MinuteRollUp.Hour : MinuteRollUp.Minute, from, to, reader.ProjectOf(scope.Project));
        return [.. sums.Select(static sum => new RollUpRow(sum.Key.Item1, sum.Key.Item2, sum.Value))];
    }

    public static IReadOnlyList<SessionBucket> ReadSessions(StoreReader reader, Scope scope, TimeSpan bucket)
    {
        var buckets = new SortedDictionary<int, SessionBucket>();
        long? project = reader.ProjectOf(scope.Project);
        reader.List(
            "SELECT (started - $0) / $2, COUNT(*) FROM sessions WHERE started >= $0 AND started < $1 AND ($3 IS NULL OR project = $3) GROUP BY 1",
            row => At(row.GetInt32(0)).Started += row.GetInt32(1),
            scope.From.UtcTicks, scope.To.UtcTicks, bucket.Ticks, project);
        reader.List(
            "SELECT (ended - $0) / $2, state, COUNT(*) FROM sessions WHERE ended >= $0 AND ended < $1 AND ($3 IS NULL OR project = $3) GROUP BY 1, 2",
            row => (SessionState)row.GetInt32(1) switch
            {
                SessionState.Success => At(row.GetInt32(0)).Succeeded += row.GetInt32(2),
                SessionState.Fail => At(row.GetInt32(0)).Failed += row.GetInt32(2),
                _ => At(row.GetInt32(0)).Undecided += row.GetInt32(2),
            },
            scope.From.UtcTicks, scope.To.UtcTicks, bucket.Ticks, project);
        return [.. buckets.Values];

        SessionBucket At(int number)
        {
            if (!buckets.TryGetValue(number, out SessionBucket? found))
                buckets.Add(number, found = new SessionBucket(number));
            return found;
        }
    }

    public static IReadOnlyList<CallRow> Slowest(StoreReader reader, Scope scope, RecordKind kind, int atMost) => reader.List(
        """
        SELECT e.id, s.id, e.kind, COALESCE(e.name, e.model, 'llm'), e.model, e.duration, e.input, e.output, e.start
        FROM events e JOIN sessions s ON s.no = e.session
        WHERE e.minute >= $0 AND e.minute < $1 AND ($2 IS NULL OR e.project = $2) AND e.kind = $3 AND e.duration IS NOT NULL AND e.is_outer = 0
        ORDER BY e.duration DESC LIMIT $4
        """,
        static row => new CallRow(
            row.Id(0)!.Value, row.Id(1)!.Value, (RecordKind)row.GetInt32(2), row.GetString(3), row.Text(4), TimeSpan.FromTicks(row.GetInt64(5) / TimeSpan.NanosecondsPerTick),
            row.IsDBNull(6) && row.IsDBNull(7) ? null : (row.Long(6) ?? 0) + (row.Long(7) ?? 0), row.Moment(8)!.Value),
        EventTable.MinuteOf(scope.From), EventTable.MinuteOf(scope.To), reader.ProjectOf(scope.Project), (long)kind, atMost);
}
