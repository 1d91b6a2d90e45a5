using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>The tables, as a list of steps that is only ever added to: a data file has taken as many as its <c>user_version</c> says.</summary>
internal static class Schema
{
    private static readonly string[] s_steps =
    [
        """
        CREATE TABLE facts(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE projects(no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE series(name TEXT PRIMARY KEY, no INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE places(source TEXT PRIMARY KEY, place BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE erased(id BLOB PRIMARY KEY) WITHOUT ROWID;

        -- What a session was and did follows from its events; is_touched says that it has yet to be worked out.
        CREATE TABLE sessions(
          no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, project INTEGER NOT NULL, is_touched INTEGER NOT NULL DEFAULT 1,
          started INTEGER, ended INTEGER, last_seen INTEGER, state INTEGER, name TEXT, reason TEXT,
          llms INTEGER, tools INTEGER, actions INTEGER, errors INTEGER, incomplete INTEGER, interrupted INTEGER,
          input_tokens INTEGER, output_tokens INTEGER, counted_calls INTEGER, unknown_usage INTEGER, cost INTEGER, unpriced INTEGER,
          models TEXT, agents TEXT, tags TEXT, metrics TEXT, tape TEXT);
        CREATE INDEX sessions_touched ON sessions(no) WHERE is_touched = 1;
        CREATE INDEX sessions_started ON sessions(started, project);
        CREATE INDEX sessions_ended ON sessions(ended, project, state);
        CREATE INDEX sessions_live ON sessions(state) WHERE state = 0;
        CREATE TABLE labels(kind INTEGER NOT NULL, grouping TEXT NOT NULL, value TEXT NOT NULL COLLATE NOCASE, session INTEGER NOT NULL, number REAL,
          PRIMARY KEY(session, kind, grouping, value)) WITHOUT ROWID;
        CREATE INDEX labels_value ON labels(kind, grouping, value, session);

        -- Moments are ticks of 100 ns since the year 1, durations nanoseconds, money billionths of a dollar.
        CREATE TABLE events(
          no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, session INTEGER NOT NULL, project INTEGER NOT NULL, minute INTEGER NOT NULL,
          kind INTEGER NOT NULL, status INTEGER NOT NULL, start INTEGER NOT NULL, duration INTEGER, parent BLOB, name TEXT, truncated INTEGER,
          agent_id BLOB, agent TEXT, site_project TEXT, site_method TEXT, site_file TEXT, site_line INTEGER,
          model TEXT, request_model TEXT, provider TEXT, service_tier TEXT, response_id TEXT, thread_id TEXT, finish_reason TEXT,
          input INTEGER, output INTEGER, cached INTEGER, reasoning INTEGER, cache_write INTEGER, cache_write_1h INTEGER, audio_in INTEGER, audio_out INTEGER,
          reported TEXT, aggregate INTEGER, first_token INTEGER, chunks INTEGER,
          code TEXT, details TEXT, trigger_id BLOB, trigger_type TEXT, error_group INTEGER, extra TEXT,
          counting INTEGER NOT NULL DEFAULT 0, is_outer INTEGER NOT NULL DEFAULT 0, cost INTEGER, cost_reason INTEGER, price_table TEXT, trigger_kind INTEGER, trigger_name TEXT);
        CREATE INDEX events_session ON events(session);
        CREATE INDEX events_minute ON events(minute, project);
        CREATE INDEX events_errors ON events(start, project) WHERE kind = 3;
        CREATE INDEX events_group ON events(error_group, start) WHERE kind = 3;
        CREATE TABLE contents(event INTEGER PRIMARY KEY, params TEXT, returns TEXT, prompt TEXT, completion TEXT, tool_calls TEXT, raw_usage TEXT, logs TEXT);
        CREATE TABLE error_groups(no INTEGER PRIMARY KEY, project INTEGER NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL, frame TEXT NOT NULL,
          UNIQUE(project, type, message, frame));

        CREATE TABLE touched_minutes(minute INTEGER NOT NULL, project INTEGER NOT NULL, PRIMARY KEY(minute, project)) WITHOUT ROWID;
        -- grain 1: a minute; grain 60: an hour. Both count minutes since the year 1.
        CREATE TABLE rollups(
          grain INTEGER NOT NULL, start INTEGER NOT NULL, project INTEGER NOT NULL,
          kind INTEGER NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL, is_outer INTEGER NOT NULL,
          events INTEGER NOT NULL, ended INTEGER NOT NULL, errors INTEGER NOT NULL, cancelled INTEGER NOT NULL, incomplete INTEGER NOT NULL, interrupted INTEGER NOT NULL,
          counted INTEGER NOT NULL, unknown_usage INTEGER NOT NULL, input INTEGER, output INTEGER, cached INTEGER, reasoning INTEGER,
          cost INTEGER NOT NULL, priced INTEGER NOT NULL, unpriced_usage INTEGER NOT NULL, unpriced_model INTEGER NOT NULL, unpriced_tier INTEGER NOT NULL,
          streamed_tokens INTEGER NOT NULL, streamed_time INTEGER NOT NULL, durations BLOB, first_tokens BLOB,
          PRIMARY KEY(grain, start, project, kind, name, model, provider, is_outer)) WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings a data file to this version.</summary>
    /// <exception cref="InvalidDataException">A later version made it.</exception>
    public static void Migrate(SqliteConnection connection, string path)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        long version = (long)command.ExecuteScalar()!;
        if (version > s_steps.Length)
            throw new InvalidDataException($"'{path}' was made by a later version of AgentOps (its format is {version}, this one knows {s_steps.Length}). Update AgentOps, or name another file.");
        for (; version < s_steps.Length; version++)
        {
            command.CommandText = s_steps[version];
            command.ExecuteNonQuery();
        }
        command.CommandText = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}");
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
