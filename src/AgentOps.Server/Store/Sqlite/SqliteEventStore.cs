using AgentOps.Pricing;
using AgentOps.Server.Filters;
using Microsoft.Data.Sqlite;

namespace AgentOps.Server.Store.Sqlite;

/// <summary>
/// The store in one SQLite file. One connection writes, in transactions that are whole after any death of the process; others read beside it
/// and see what was committed.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    /// <summary>How many sessions or minutes are worked out in one transaction: readers and appends get their turn between.</summary>
    private const int RollUpStep = 256;

    private readonly string _readText;
    private readonly string _path;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly EventWriter _events;
    private readonly SessionRollUp _sessions;
    private readonly MinuteRollUp _minutes;

    private SqliteEventStore(string path, SqliteConnection writer, PriceTable prices)
    {
        _path = path;
        _writer = writer;
        _events = new EventWriter(writer);
        _sessions = new SessionRollUp(writer, prices);
        _minutes = new MinuteRollUp(writer);
        _readText = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 30 }.ToString();
    }

    /// <summary>Opens a data file, or makes one that only its owner can read.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It is no data file, or one of a later version.</exception>
    public static SqliteEventStore Open(string path, PriceTable? prices = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        CreateOwnFile(full);
        var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = full, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            writer.Open();
            Execute(writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            Schema.Migrate(writer, full);
            PriceTable table = prices ?? PriceTable.Default;
            ForgetOtherPrices(writer, table.Version);
            return new SqliteEventStore(full, writer, table);
        }
        catch (SqliteException e)
        {
            writer.Dispose();
            throw e.SqliteErrorCode is 26 or 11
                ? new InvalidDataException($"'{full}' is no data file of AgentOps, or is damaged. Name another file, or move this one away.", e)
                : new IOException($"'{full}' cannot be opened: {e.Message} Name another file.", e);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public Task<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return WriteAsync(() => InTransaction(() => _events.Append(batch), _events.Forget), cancellationToken);
    }

    public Task<bool> RollUpAsync(CancellationToken cancellationToken = default) => WriteAsync(
        () =>
        {
            bool any = false;
            while (!cancellationToken.IsCancellationRequested && InTransaction(() => _sessions.RunStep(RollUpStep)) is > 0)
                any = true;
            while (!cancellationToken.IsCancellationRequested && InTransaction(() => _minutes.RunStep(RollUpStep)) is > 0)
                any = true;
            return any;
        },
        cancellationToken);

    public Task<byte[]?> ReadPlaceAsync(string source, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.Scalar("SELECT place FROM places WHERE source = $0", source) as byte[]);

    public Task<IReadOnlyList<string>> ReadProjectsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<string>>(static reader => reader.List("SELECT name FROM projects ORDER BY name", static row => row.GetString(0)));

    public Task<IReadOnlyList<RollUpRow>> ReadRollUpsAsync(Scope scope, TimeSpan bucket, bool withHistograms, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => RollUpQueries.Read(reader, scope, bucket, withHistograms));

    public Task<IReadOnlyList<SessionBucket>> ReadSessionBucketsAsync(Scope scope, TimeSpan bucket, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => RollUpQueries.ReadSessions(reader, scope, bucket));

    public Task<SessionPage> FindSessionsAsync(SessionQuery query, CancellationToken cancellationToken = default) => ReadAsync(reader => SessionQueries.Find(reader, query));

    public Task<IReadOnlyList<FacetValue>> ReadFacetsAsync(Scope scope, CancellationToken cancellationToken = default) => ReadAsync(reader => SessionQueries.Facets(reader, scope));

    public Task<IReadOnlyList<SessionRow>> ReadLiveSessionsAsync(string? project, int atMost, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => SessionQueries.Live(reader, project, atMost));

    public Task<StoredSession?> ReadSessionAsync(Guid session, CancellationToken cancellationToken = default) => ReadAsync(reader => SessionQueries.Read(reader, session));

    public Task<EventContent?> ReadContentAsync(Guid eventId, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => reader.List(ContentTable.ReadText, ContentTable.Read, eventId.ToBytes()) is [EventContent content, ..] ? content : null);

    public Task<IReadOnlyList<ErrorGroup>> ReadErrorGroupsAsync(
        Scope scope, TimeSpan bucket, DateTimeOffset before, FilterNode? filter, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => ErrorQueries.Groups(reader, scope, bucket, before, filter));

    public Task<IReadOnlyList<ErrorRow>> ReadLatestErrorsAsync(Scope scope, long? group, int atMost, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => ErrorQueries.Latest(reader, scope, group, atMost));

    public Task<long> CountSessionsWithErrorsAsync(Scope scope, CancellationToken cancellationToken = default) => ReadAsync(reader => ErrorQueries.CountSessions(reader, scope));

    public Task<IReadOnlyList<CallRow>> ReadSlowestCallsAsync(Scope scope, RecordKind kind, int atMost, CancellationToken cancellationToken = default) =>
        ReadAsync(reader => RollUpQueries.Slowest(reader, scope, kind, atMost));

    public Task<IReadOnlyDictionary<string, int>> ReadSeriesAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyDictionary<string, int>>(static reader =>
            reader.List("SELECT name, no FROM series", static row => (Name: row.GetString(0), Number: row.GetInt32(1))).ToDictionary(static s => s.Name, static s => s.Number));

    public Task<StoreFigures> ReadFiguresAsync(CancellationToken cancellationToken = default) => ReadAsync(reader => new StoreFigures(
        reader.Scalar("SELECT MAX(no) FROM events") as long? ?? 0,
        reader.Scalar("SELECT COUNT(*) FROM sessions") as long? ?? 0,
        Sizes().Sum(),
        reader.Scalar("SELECT MAX(last_seen) FROM sessions") is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null));

    public Task<bool> EraseSessionAsync(Guid session, CancellationToken cancellationToken = default) =>
        WriteAsync(() => Removing(() => SessionRemoval.Erase(_writer, session, isForGood: true)), cancellationToken);

    public Task<int> RetainAsync(DateTimeOffset since, CancellationToken cancellationToken = default) =>
        WriteAsync(() => Removing(() => SessionRemoval.Retain(_writer, since)), cancellationToken);

    public Task BackUpAsync(string path, CancellationToken cancellationToken = default)
    {
        if (File.Exists(path))
            throw new IOException($"'{path}' exists already. Name a new file.");
        CreateOwnFile(Path.GetFullPath(path));
        try
        {
            using var connection = new SqliteConnection(_readText);
            connection.Open();
            using SqliteCommand copy = connection.CreateCommand();
            copy.CommandText = "VACUUM INTO $path";
            copy.Parameters.AddWithValue("$path", path);
            copy.ExecuteNonQuery();
            return Task.CompletedTask;
        }
        catch (SqliteException e)
        {
            throw new IOException($"'{path}' cannot be written: {e.Message}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _events.Dispose();
        _sessions.Dispose();
        _minutes.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
        using (var pooled = new SqliteConnection(_readText))
            SqliteConnection.ClearPool(pooled);
        _turn.Dispose();
    }

    private IEnumerable<long> Sizes() => ((string[])["", "-wal"]).Select(end => new FileInfo(_path + end)).Where(static file => file.Exists).Select(static file => file.Length);

    private async Task<T> WriteAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<T> ReadAsync<T>(Func<StoreReader, T> work)
    {
        using var reader = new StoreReader(_readText);
        return Task.FromResult(work(reader));
    }

    private T InTransaction<T>(Func<T> work, Action? onFailure = null)
    {
        Execute(_writer, "BEGIN IMMEDIATE");
        try
        {
            T result = work();
            Execute(_writer, "COMMIT");
            return result;
        }
        catch
        {
            onFailure?.Invoke();
            TryRollBack();
            throw;
        }
    }

    /// <summary>What is remembered of sessions and groups may be gone then.</summary>
    private T Removing<T>(Func<T> work)
    {
        T result = InTransaction(work);
        _events.Forget();
        return result;
    }

    private void TryRollBack()
    {
        try
        {
            Execute(_writer, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite itself has rolled back, as it does when the disk is full.
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    /// <summary>With other prices, all that was priced is priced again.</summary>
    private static void ForgetOtherPrices(SqliteConnection writer, string version)
    {
        using var known = new Statement(writer, "SELECT value FROM facts WHERE name = 'prices'", 0);
        if (known.Scalar() as string == version)
            return;
        // In this order: whoever is killed in between does it all again.
        Execute(writer, "UPDATE sessions SET is_touched = 1");
        using var remember = new Statement(writer, "INSERT OR REPLACE INTO facts(name, value) VALUES('prices', $0)", 1);
        remember.Run(version);
    }

    private static void CreateOwnFile(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(path))
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
    }
}
