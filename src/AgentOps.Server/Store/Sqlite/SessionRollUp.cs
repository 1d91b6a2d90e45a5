using System.Text.Json;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Works out sessions from their events: what counts, what it cost, how it ended. By the runtime's own rules, so numbers agree everywhere.</summary>
internal sealed class SessionRollUp(SqliteConnection connection, PriceTable prices) : IDisposable
{
    private readonly Statement _touched = new(connection, "SELECT no FROM sessions WHERE is_touched = 1 LIMIT $0", 1);
    private readonly Statement _events = new(connection, $"SELECT {EventTable.ReadColumns}, e.minute, e.project, e.trigger_kind, e.trigger_name FROM events e WHERE e.session = $0", 1);
    private readonly Statement _saveCall = new(connection, "UPDATE events SET counting = $1, is_outer = $2, cost = $3, cost_reason = $4, price_table = $5 WHERE no = $0", 6);
    private readonly Statement _saveTrigger = new(connection, "UPDATE events SET trigger_kind = $1, trigger_name = $2 WHERE no = $0", 3);
    private readonly Statement _touchMinute = new(connection, "INSERT OR IGNORE INTO touched_minutes(minute, project) VALUES($0, $1)", 2);
    private readonly Statement _save = new(
        connection,
        """
        UPDATE sessions SET is_touched = 0, started = $1, ended = $2, last_seen = $3, state = $4, name = $5, reason = $6,
          llms = $7, tools = $8, actions = $9, errors = $10, incomplete = $11, interrupted = $12,
          input_tokens = $13, output_tokens = $14, counted_calls = $15, unknown_usage = $16, cost = $17, unpriced = $18,
          models = $19, agents = $20, tags = $21, metrics = $22, tape = $23 WHERE no = $0
        """,
        24);
    private readonly Statement _dropLabels = new(connection, "DELETE FROM labels WHERE session = $0", 1);
    private readonly Statement _addLabel = new(connection, "INSERT OR IGNORE INTO labels(session, kind, grouping, value, number) VALUES($0, $1, $2, $3, $4)", 5);
    private readonly Statement _addSeries = new(connection, "INSERT OR IGNORE INTO series(name, no) SELECT $0, COUNT(*) + 1 FROM series", 1);

    /// <summary>An event with what was worked out about it the last time.</summary>
    private sealed record Row(long Number, StoredEvent Stored, bool IsOuter, long Minute, long Project, long? TriggerKind, string? TriggerName);

    /// <returns>How many sessions were worked out.</returns>
    public int RunStep(int atMost)
    {
        var sessions = new List<long>();
        using (SqliteDataReader rows = _touched.Read(atMost))
        {
            while (rows.Read())
                sessions.Add(rows.GetInt64(0));
        }
        foreach (long session in sessions)
            Run(session);
        return sessions.Count;
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_touched, _events, _saveCall, _saveTrigger, _touchMinute, _save, _dropLabels, _addLabel, _addSeries])
            statement.Dispose();
    }

    private void Run(long session)
    {
        var rows = new List<Row>();
        using (SqliteDataReader reader = _events.Read(session))
        {
            while (reader.Read())
            {
                const int Extra = EventTable.NumberColumn;
                rows.Add(new Row(
                    reader.GetInt64(Extra), EventTable.Read(reader), reader.Int(Extra + 1) != 0, reader.GetInt64(Extra + 2), reader.GetInt64(Extra + 3), reader.Long(Extra + 4), reader.Text(Extra + 5)));
            }
        }
        List<AgentEvent> events = EventOrder.Sort([.. rows.Select(static row => row.Stored.Event)]);
        SessionSummary summary = SessionSummary.Of(events);
        CountedCalls counted = CountedCalls.Of(events);
        var byId = rows.ToDictionary(static row => row.Stored.Event.Id);
        foreach (AgentEvent e in events)
        {
            if (e is LlmEvent call)
                summary.Add(call, SaveCall(byId[e.Id], call, counted));
            else if (e is ErrorEvent error)
                SaveTrigger(byId[e.Id], error, byId);
        }
        Save(session, summary);
    }

    private (Counting Counting, Cost Cost) SaveCall(Row row, LlmEvent call, CountedCalls counted)
    {
        var counting = (Counting)counted.Of(call);
        bool isOuter = !counted.IsInnermost(call);
        // While a call is under way nothing is known of it, which is no lack of a price.
        Cost cost = prices.CostOf(call);
        long? nano = cost.Usd is { } usd ? NanoUsd.Of(usd) : null;
        StoredEvent known = row.Stored;
        if ((known.Counting, row.IsOuter, known.CostNano, known.CostReason, known.PriceTable) != (counting, isOuter, nano, cost.Reason, cost.PriceTable))
        {
            _saveCall.Run(row.Number, (long)counting, isOuter ? 1L : 0L, nano, (long)cost.Reason, cost.PriceTable);
            _touchMinute.Run(row.Minute, row.Project);
        }
        return (counting, cost);
    }

    private void SaveTrigger(Row row, ErrorEvent error, Dictionary<Guid, Row> byId)
    {
        if ((error.TriggerEventId ?? error.ParentId) is not { } id || !byId.TryGetValue(id, out Row? trigger))
            return;
        long kind = (long)trigger.Stored.Kind;
        if (row.TriggerKind != kind || row.TriggerName != trigger.Stored.Name)
            _saveTrigger.Run(row.Number, kind, trigger.Stored.Name);
    }

    private void Save(long session, SessionSummary summary)
    {
        SessionRow row = summary.Row;
        _save.Run(
            session, row.Started.UtcTicks, row.Ended?.UtcTicks, row.LastSeen.UtcTicks, (long)row.State, row.Name, row.Reason,
            row.Llms, row.Tools, row.Actions, row.Errors, row.Incomplete, row.Interrupted,
            row.InputTokens, row.OutputTokens, row.CountedCalls, row.UnknownUsage, row.CostNano, row.UnpricedCalls,
            JsonSerializer.Serialize(row.Models), JsonSerializer.Serialize(row.Agents), JsonSerializer.Serialize(row.Tags),
            JsonSerializer.Serialize(MetricJson.Of(row.Metrics)), TapeText.Write(row.Tape));
        _dropLabels.Run(session);
        foreach ((FacetKind kind, IReadOnlyList<string> values) in ((FacetKind, IReadOnlyList<string>)[])[(FacetKind.Tag, row.Tags), (FacetKind.Agent, row.Agents), (FacetKind.Model, row.Models)])
        {
            foreach (string value in values)
                _addLabel.Run(session, (long)kind, "", value, null);
        }
        foreach ((string name, MetricValue value) in row.Metrics)
            _addLabel.Run(session, (long)FacetKind.Metric, name, value.ToString(), value.Number);
        foreach (string model in row.Models)
            _addSeries.Run(model);
    }
}
