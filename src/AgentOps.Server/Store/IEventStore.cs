using AgentOps.Events;
using AgentOps.Server.Filters;

namespace AgentOps.Server.Store;

/// <summary>Events of one project to be stored together, and how far their source was read when they are.</summary>
/// <param name="Project">The application that recorded them.</param>
/// <param name="Events">The events.</param>
public sealed record EventBatch(string Project, IReadOnlyList<AgentEvent> Events)
{
    /// <summary>Where they come from, if that is read piece by piece.</summary>
    public string? Source { get; init; }

    /// <summary>How far the source was read with them: kept together with the events, or not at all.</summary>
    public byte[]? Place { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Added">Events that were not known.</param>
/// <param name="Completed">Events that were known as under way, and have ended now.</param>
/// <param name="Known">Events that were known as they are.</param>
public readonly record struct AppendResult(int Added, int Completed, int Known);

/// <summary>
/// Keeps events and answers questions about them. An event is known by its id, so a batch may come any number of times. What is worked out from
/// events (sessions, costs, sums by the minute) follows by <see cref="RollUpAsync"/>, and is the same however often and in whatever order they came.
/// </summary>
public interface IEventStore : IAsyncDisposable
{
    /// <summary>Stores a batch: all of it, durably, or nothing.</summary>
    Task<AppendResult> AppendAsync(EventBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Works out anew what the events stored since the last time touch.</summary>
    /// <returns>Whether anything was to be done.</returns>
    Task<bool> RollUpAsync(CancellationToken cancellationToken = default);

    /// <summary>How far a source was read; <see langword="null"/> if nothing of it is stored.</summary>
    Task<byte[]?> ReadPlaceAsync(string source, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<string>> ReadProjectsAsync(CancellationToken cancellationToken = default);

    /// <summary>Sums of events by bucket and kind of call. The scope's start and the bucket are whole minutes.</summary>
    /// <param name="scope">What to look at.</param>
    /// <param name="bucket">How long a bucket is.</param>
    /// <param name="withHistograms">Whether durations are wanted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<IReadOnlyList<RollUpRow>> ReadRollUpsAsync(Scope scope, TimeSpan bucket, bool withHistograms, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<SessionBucket>> ReadSessionBucketsAsync(Scope scope, TimeSpan bucket, CancellationToken cancellationToken = default);

    Task<SessionPage> FindSessionsAsync(SessionQuery query, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<FacetValue>> ReadFacetsAsync(Scope scope, CancellationToken cancellationToken = default);

    /// <summary>Sessions that are under way, the one that began last first.</summary>
    Task<IReadOnlyList<SessionRow>> ReadLiveSessionsAsync(string? project, int atMost, CancellationToken cancellationToken = default);

    Task<StoredSession?> ReadSessionAsync(Guid session, CancellationToken cancellationToken = default);

    /// <summary>What the events of a session took and gave.</summary>
    Task<EventContent?> ReadContentAsync(Guid eventId, CancellationToken cancellationToken = default);

    /// <summary>Groups of errors with a trend of buckets; <paramref name="before"/> is the start of the time that they are compared with.</summary>
    Task<IReadOnlyList<ErrorGroup>> ReadErrorGroupsAsync(Scope scope, TimeSpan bucket, DateTimeOffset before, FilterNode? filter, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<ErrorRow>> ReadLatestErrorsAsync(Scope scope, long? group, int atMost, CancellationToken cancellationToken = default);

    /// <summary>How many sessions had an error.</summary>
    Task<long> CountSessionsWithErrorsAsync(Scope scope, CancellationToken cancellationToken = default);

    Task<IReadOnlyList<CallRow>> ReadSlowestCallsAsync(Scope scope, RecordKind kind, int atMost, CancellationToken cancellationToken = default);

    /// <summary>The number of each model in the order of its first use: charts keep its colour.</summary>
    Task<IReadOnlyDictionary<string, int>> ReadSeriesAsync(CancellationToken cancellationToken = default);

    Task<StoreFigures> ReadFiguresAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a session with all that was recorded in it, and keeps it from coming back.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> EraseSessionAsync(Guid session, CancellationToken cancellationToken = default);

    /// <summary>Removes sessions in which nothing has happened since a moment, and that no process has open.</summary>
    /// <returns>How many.</returns>
    Task<int> RetainAsync(DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Copies everything to a new file, while the store is in use.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    Task BackUpAsync(string path, CancellationToken cancellationToken = default);
}

