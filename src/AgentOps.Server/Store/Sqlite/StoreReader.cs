using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>One look at the data file: whatever is asked here is answered from one state of it.</summary>
internal sealed class StoreReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _state;

    public StoreReader(string connectionText)
    {
        _connection = new SqliteConnection(connectionText);
        _connection.Open();
        // Begins with the first question; a statement of its own would see what others store in between.
        _state = _connection.BeginTransaction(deferred: true);
    }

    public IReadOnlyList<T> List<T>(string text, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(text, values);
        using SqliteDataReader rows = command.ExecuteReader();
        var list = new List<T>();
        while (rows.Read())
            list.Add(read(rows));
        return list;
    }

    public object? Scalar(string text, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(text, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public void Dispose()
    {
        _state.Dispose();
        _connection.Dispose();
    }

    /// <summary>The number of a project; -1 if there is none of that name.</summary>
    public long? ProjectOf(string? name) => name is null ? null : Scalar("SELECT no FROM projects WHERE name = $0", name) as long? ?? -1;

    private SqliteCommand Command(string text, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
            command.Parameters.Add(new SqliteParameter(Statement.NameOf(i), values[i] ?? DBNull.Value));
        return command;
    }
}
