using AgentOps.Events;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Writes batches of events, and marks what they touch.</summary>
internal sealed class EventWriter(SqliteConnection connection) : IDisposable
{
    private const int MaxRemembered = 100_000;

    private readonly Statement _insert = new(connection, EventTable.InsertText, EventTable.Columns);
    private readonly Statement _update = new(connection, EventTable.UpdateText, EventTable.Columns + 1);
    private readonly Statement _find = new(connection, "SELECT no, status, minute FROM events WHERE id = $0", 1);
    private readonly Statement _content = new(connection, ContentTable.InsertText, 8);
    private readonly Statement _addProject = new(connection, "INSERT INTO projects(name) VALUES($0) ON CONFLICT DO UPDATE SET name = name RETURNING no", 1);
    private readonly Statement _addSession = new(connection, "INSERT INTO sessions(id, project) SELECT $0, $1 WHERE NOT EXISTS(SELECT 1 FROM erased WHERE id = $0) ON CONFLICT(id) DO UPDATE SET is_touched = 1 RETURNING no", 2);
    private readonly Statement _touchSession = new(connection, "UPDATE sessions SET is_touched = 1 WHERE no = $0 AND is_touched = 0", 1);
    private readonly Statement _touchMinute = new(connection, "INSERT OR IGNORE INTO touched_minutes(minute, project) VALUES($0, $1)", 2);
    private readonly Statement _addGroup = new(connection, "INSERT INTO error_groups(project, type, message, frame) VALUES($0, $1, $2, $3) ON CONFLICT DO UPDATE SET type = type RETURNING no", 4);
    private readonly Statement _place = new(connection, "INSERT OR REPLACE INTO places(source, place) VALUES($0, $1)", 2);

    private readonly Dictionary<string, long> _projects = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, long?> _sessions = [];
    private readonly Dictionary<(long Project, string Type, string Message, string Frame), long> _groups = [];

    public AppendResult Append(EventBatch batch)
    {
        long project = ProjectOf(batch.Project);
        var sessions = new HashSet<long>();
        var minutes = new HashSet<long>();
        int added = 0;
        int completed = 0;
        foreach (AgentEvent e in batch.Events)
        {
            if (SessionOf(e.SessionId, project) is not { } session)
                continue;
            object?[] values = EventTable.Values(e, session, project, GroupOf(e, project));
            if (_insert.Run(values) > 0)
            {
                Store((long)SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle), e);
                added++;
            }
            else if (TryComplete(e, values, minutes))
            {
                completed++;
            }
            else
            {
                continue;
            }
            sessions.Add(session);
            minutes.Add(EventTable.MinuteOf(e.Start));
        }
        foreach (long session in sessions)
            _touchSession.Run(session);
        foreach (long minute in minutes)
            _touchMinute.Run(minute, project);
        if (batch is { Source: { } source, Place: { } place })
            _place.Run(source, place);
        return new AppendResult(added, completed, batch.Events.Count - added - completed);
    }

    /// <summary>What is remembered was not stored after all, or is not there any more.</summary>
    public void Forget()
    {
        _projects.Clear();
        _sessions.Clear();
        _groups.Clear();
    }

    public void Dispose()
    {
        foreach (Statement statement in (Statement[])[_insert, _update, _find, _content, _addProject, _addSession, _touchSession, _touchMinute, _addGroup, _place])
            statement.Dispose();
    }

    /// <summary>Replaces an event that is known as under way, or as cut off, by what says more.</summary>
    private bool TryComplete(AgentEvent e, object?[] values, HashSet<long> minutes)
    {
        (long number, int status, long minute) = (0, 0, 0);
        using (SqliteDataReader known = _find.Read(e.Id.ToBytes()))
        {
            if (!known.Read())
                return false;
            (number, status, minute) = (known.GetInt64(0), known.GetInt32(1), known.GetInt64(2));
        }
        if (EventTable.RankOf(e.Status) <= EventTable.RankOf((EventStatus)status))
            return false;
        _update.Run([.. values, number]);
        minutes.Add(minute);
        Store(number, e);
        return true;
    }

    private void Store(long number, AgentEvent e)
    {
        EventContent content = ContentTable.Of(e);
        if (!content.IsEmpty)
            _content.Run(ContentTable.Values(number, content));
    }

    private long ProjectOf(string name)
    {
        if (!_projects.TryGetValue(name, out long number))
            _projects.Add(name, number = (long)_addProject.Scalar(name)!);
        return number;
    }

    /// <returns><see langword="null"/> if the session was erased.</returns>
    private long? SessionOf(Guid id, long project)
    {
        if (_sessions.TryGetValue(id, out long? number))
            return number;
        if (_sessions.Count >= MaxRemembered)
            _sessions.Clear();
        number = _addSession.Scalar(id.ToBytes(), project) as long?;
        _sessions.Add(id, number);
        return number;
    }

    private long? GroupOf(AgentEvent e, long project)
    {
        if (e is not ErrorEvent error)
            return null;
        (long, string, string, string) key = (project, error.ErrorType, ErrorShape.Normalise(error.Details), ErrorShape.TopFrame(error.Logs));
        if (_groups.TryGetValue(key, out long number))
            return number;
        if (_groups.Count >= MaxRemembered)
            _groups.Clear();
        number = (long)_addGroup.Scalar(key.Item1, key.Item2, key.Item3, key.Item4)!;
        _groups.Add(key, number);
        return number;
    }
}
