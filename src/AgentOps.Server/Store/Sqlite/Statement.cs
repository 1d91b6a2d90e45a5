using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>A prepared statement whose parameters are <c>$0</c>, <c>$1</c>, ….</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string text, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
        for (int i = 0; i < parameters; i++)
            _command.Parameters.Add(new SqliteParameter(NameOf(i), DBNull.Value));
        _command.Prepare();
    }

    public static string NameOf(int parameter) => string.Create(CultureInfo.InvariantCulture, $"${parameter}");

    public int Run(params ReadOnlySpan<object?> values)
    {
        Set(values);
        return _command.ExecuteNonQuery();
    }

    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Set(values);
        return _command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Set(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Set(ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}

/// <summary>Reads columns that may be empty.</summary>
internal static class ReaderExtensions
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Long(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static int Int(this SqliteDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt32(column);

    public static byte[]? Bytes(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static Guid? Id(this SqliteDataReader row, int column) => row.Bytes(column) is { Length: 16 } bytes ? new Guid(bytes, bigEndian: true) : null;

    public static DateTimeOffset? Moment(this SqliteDataReader row, int column) => row.Long(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>An id as the bytes that order as its text does.</summary>
    public static byte[] ToBytes(this Guid id) => id.ToByteArray(bigEndian: true);
}
