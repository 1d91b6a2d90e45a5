using System.Text.Json;
using AgentOps.Events;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Questions about sessions.</summary>
internal static class SessionQueries
{
    private const string Columns =
        "s.id, (SELECT name FROM projects WHERE no = s.project), s.started, s.ended, s.last_seen, s.state, s.name, s.reason, s.llms, s.tools, s.actions, s.errors, s.incomplete, s.interrupted, "
        + "s.input_tokens, s.output_tokens, s.counted_calls, s.unknown_usage, s.cost, s.unpriced, s.models, s.agents, s.tags, s.metrics, s.tape";

    private const string InScope = "s.started >= $0 AND s.started < $1 AND ($2 IS NULL OR s.project = $2)";

    /// <summary>How long a session took, in nanoseconds.</summary>
    public const string Duration = "((COALESCE(s.ended, s.last_seen) - s.started) * 100)";

    public static SessionPage Find(StoreReader reader, SessionQuery query)
    {
        object?[] scope = ScopeOf(reader, query.Scope);
        var values = new List<object?>(scope);
        string where = query.Filter is { } filter ? $"{InScope} AND {new FilterSql(values).OfSession(filter)}" : InScope;
        (long matching, double cost, double unpriced, double tokens) = reader.List(
            $"SELECT COUNT(*), TOTAL(s.cost), TOTAL(s.unpriced), TOTAL(s.input_tokens) + TOTAL(s.output_tokens) FROM sessions s WHERE {where}",
            static row => (row.GetInt64(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3)),
            [.. values])[0];
        long ended = reader.Scalar($"SELECT COUNT(*) FROM sessions s WHERE {where} AND s.ended IS NOT NULL", [.. values]) as long? ?? 0;
        string place(int offset) => Statement.NameOf(values.Count + offset);
        string order = $"{OrderOf(query.Sort)} {(query.Ascending ? "ASC" : "DESC")}, s.no DESC";
        return new SessionPage(reader.List($"SELECT {Columns} FROM sessions s WHERE {where} ORDER BY {order} LIMIT {place(0)} OFFSET {place(1)}", Read, [.. values, query.Take, query.Skip]))
        {
            Matching = matching,
            InScope = reader.Scalar($"SELECT COUNT(*) FROM sessions s WHERE {InScope}", scope) as long? ?? 0,
            CostNano = (long)cost,
            UnpricedCalls = (long)unpriced,
            Tokens = (long)tokens,
            MedianDuration = ended == 0
                ? null
                : reader.Scalar($"SELECT s.ended - s.started FROM sessions s WHERE {where} AND s.ended IS NOT NULL ORDER BY 1 LIMIT 1 OFFSET {place(0)}", [.. values, (ended - 1) / 2]) is long ticks ? TimeSpan.FromTicks(ticks) : null,
        };
    }

    public static IReadOnlyList<FacetValue> Facets(StoreReader reader, Scope scope)
    {
        object?[] values = ScopeOf(reader, scope);
        var facets = new List<FacetValue>(reader.List(
            $"SELECT s.state, COUNT(*) FROM sessions s WHERE {InScope} GROUP BY 1",
            static row => new FacetValue(FacetKind.State, "", ((SessionState)row.GetInt32(0)).Word(), row.GetInt64(1)),
            values));
        // A metric that is a number is no choice of a few.
        facets.AddRange(reader.List(
            $"SELECT l.kind, l.grouping, l.value, COUNT(*) FROM sessions s JOIN labels l ON l.session = s.no WHERE {InScope} AND (l.kind <> 3 OR l.number IS NULL) GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3",
            static row => new FacetValue((FacetKind)row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
            values));
        return facets;
    }

    public static IReadOnlyList<SessionRow> Live(StoreReader reader, string? project, int atMost) => reader.List(
        $"SELECT {Columns} FROM sessions s WHERE s.state = 0 AND ($0 IS NULL OR s.project = $0) ORDER BY s.started DESC LIMIT $1", Read, reader.ProjectOf(project), atMost);

    public static StoredSession? Read(StoreReader reader, Guid id)
    {
        if (reader.List($"SELECT {Columns} FROM sessions s WHERE s.id = $0 AND s.started IS NOT NULL", Read, id.ToBytes()) is not [SessionRow session, ..])
            return null;
        IReadOnlyList<StoredEvent> events = reader.List(
            $"SELECT {EventTable.ReadColumns} FROM events e WHERE e.session = (SELECT no FROM sessions WHERE id = $0)", EventTable.Read, id.ToBytes());
        var byId = events.ToDictionary(static e => e.Event.Id);
        return new StoredSession(session, [.. EventOrder.Sort([.. events.Select(static e => e.Event)]).Select(e => byId[e.Id])]);
    }

    private static object?[] ScopeOf(StoreReader reader, Scope scope) => [scope.From.UtcTicks, scope.To.UtcTicks, reader.ProjectOf(scope.Project)];

    private static string OrderOf(SessionSort sort) => sort switch
    {
        SessionSort.Duration => Duration,
        SessionSort.Cost => "s.cost",
        SessionSort.Tokens => "COALESCE(s.input_tokens, 0) + COALESCE(s.output_tokens, 0)",
        SessionSort.Events => "s.llms + s.tools + s.actions + s.errors",
        SessionSort.Errors => "s.errors",
        SessionSort.Name => "s.name COLLATE NOCASE",
        _ => "s.started",
    };

    private static SessionRow Read(SqliteDataReader row) => new()
    {
        Id = row.Id(0)!.Value,
        Project = row.Text(1) ?? "",
        Started = row.Moment(2) ?? default,
        Ended = row.Moment(3),
        LastSeen = row.Moment(4) ?? default,
        State = (SessionState)row.Int(5),
        Name = row.Text(6),
        Reason = row.Text(7),
        Llms = row.Int(8),
        Tools = row.Int(9),
        Actions = row.Int(10),
        Errors = row.Int(11),
        Incomplete = row.Int(12),
        Interrupted = row.Int(13),
        InputTokens = row.Long(14),
        OutputTokens = row.Long(15),
        CountedCalls = row.Int(16),
        UnknownUsage = row.Int(17),
        CostNano = row.Long(18),
        UnpricedCalls = row.Int(19),
        Models = Texts(row.Text(20)),
        Agents = Texts(row.Text(21)),
        Tags = Texts(row.Text(22)),
        Metrics = MetricJson.Parse(row.Text(23)),
        Tape = TapeText.Read(row.Text(24)),
    };

    private static string[] Texts(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json) ?? [];
}
