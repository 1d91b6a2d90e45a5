using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>Takes sessions out of the store, with all that was made of them.</summary>
internal static class SessionRemoval
{
    /// <param name="connection">Where, inside a transaction.</param>
    /// <param name="id">The session.</param>
    /// <param name="isForGood">Whether what is recorded in it from now on is left out too.</param>
    /// <returns>Whether there was such a session.</returns>
    public static bool Erase(SqliteConnection connection, Guid id, bool isForGood)
    {
        using var find = new Statement(connection, "SELECT no FROM sessions WHERE id = $0", 1);
        if (find.Scalar(id.ToBytes()) is not long number)
            return false;
        foreach (string text in (string[])
            [
                "INSERT OR IGNORE INTO touched_minutes(minute, project) SELECT DISTINCT minute, project FROM events WHERE session = $0",
                "DELETE FROM contents WHERE event IN (SELECT no FROM events WHERE session = $0)",
                "DELETE FROM events WHERE session = $0",
                "DELETE FROM labels WHERE session = $0",
                "DELETE FROM sessions WHERE no = $0",
            ])
        {
            using var statement = new Statement(connection, text, 1);
            statement.Run(number);
        }
        using var groups = new Statement(connection, "DELETE FROM error_groups WHERE NOT EXISTS(SELECT 1 FROM events WHERE error_group = error_groups.no AND kind = 3)", 0);
        groups.Run();
        if (isForGood)
        {
            using var remember = new Statement(connection, "INSERT OR IGNORE INTO erased(id) VALUES($0)", 1);
            remember.Run(id.ToBytes());
        }
        return true;
    }

    public static int Retain(SqliteConnection connection, DateTimeOffset since)
    {
        var old = new List<Guid>();
        using (var find = new Statement(connection, "SELECT id FROM sessions WHERE last_seen < $0 AND COALESCE(ended, last_seen) < $0 AND state <> 0 AND is_touched = 0", 1))
        using (SqliteDataReader rows = find.Read(since.UtcTicks))
        {
            while (rows.Read())
                old.Add(rows.Id(0)!.Value);
        }
        foreach (Guid session in old)
            Erase(connection, session, isForGood: false);
        return old.Count;
    }
}
